using System.Buffers.Binary;
using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Linux;

namespace Concierge.Robot.Sensors;

/// <summary>
/// Analog Devices' ADXL345 accelerometer (datasheet rev. E). At ±16 g in full resolution a step is 3.9 mg on every axis
/// (table 1); DATA_FORMAT, BW_RATE and POWER_CTL are set as on its pages 24 to 27.
/// </summary>
internal sealed class Adxl345 : ISensor
{
    private const byte DeviceId = 0x00, BandwidthRate = 0x2C, PowerControl = 0x2D, DataFormat = 0x31, DataX0 = 0x32;
    private const byte ExpectedDeviceId = 0xE5;
    private const byte Rate100Hz = 0x0A, FullResolution16G = 0x0B, Measure = 0x08;

    private readonly II2cDevice _chip;

    /// <summary>Takes the chip over, and starts it.</summary>
    /// <exception cref="IOException">It doesn't answer, or is another one.</exception>
    public Adxl345(II2cDevice chip)
    {
        _chip = chip;
        try
        {
            Span<byte> id = stackalloc byte[1];
            chip.Read(DeviceId, id);
            if (id[0] != ExpectedDeviceId)
                throw new IOException($"this is no ADXL345: its DEVID is 0x{id[0]:x2}, expected 0x{ExpectedDeviceId:x2}");
            chip.Write(DataFormat, FullResolution16G);
            chip.Write(BandwidthRate, Rate100Hz);
            chip.Write(PowerControl, Measure);
        }
        catch
        {
            chip.Dispose();
            throw;
        }
    }

    public string Kind => TelemetryKinds.Orientation;

    public ValueTask<RawJson> MeasureAsync(CancellationToken cancellationToken)
    {
        // All six at once: the chip doesn't change them while they are read (page 27, DATAX0 to DATAZ1).
        Span<byte> axes = stackalloc byte[6];
        _chip.Read(DataX0, axes);
        var orientation = Orientation(
            BinaryPrimitives.ReadInt16LittleEndian(axes), BinaryPrimitives.ReadInt16LittleEndian(axes[2..]), BinaryPrimitives.ReadInt16LittleEndian(axes[4..]));
        return ValueTask.FromResult(Json.Of(orientation, RobotJson.Default.RobotOrientation));
    }

    /// <summary>
    /// How the chip lies, from where gravity pulls it: x forward, y left, z up (NXP's application note AN3461, equations 25 and
    /// 26). Only angles of the three count, so their unit doesn't matter. A robot that speeds up seems tilted.
    /// </summary>
    public static RobotOrientation Orientation(double x, double y, double z) =>
        new(Degrees(Math.Atan2(-x, Math.Sqrt((y * y) + (z * z)))), Degrees(Math.Atan2(y, z)));

    public void Dispose() => _chip.Dispose();

    private static double Degrees(double radians) => Math.Round(radians * 180 / Math.PI, 1) + 0.0;
}
