using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Linux;

namespace Concierge.Robot.Sensors;

/// <summary>
/// Bosch's BMP180 barometer and its older sister BMP085, which has the same registers (datasheet BST-BMP180-DS000-12, page 11
/// for the sequence, page 21 for the control values, table 3 for the conversion times).
/// </summary>
internal sealed class Bmp180 : ISensor
{
    private const byte Calibration = 0xAA, ChipId = 0xD0, Control = 0xF4, Output = 0xF6;
    private const byte ExpectedChipId = 0x55;
    private const byte ReadTemperature = 0x2E, ReadPressure = 0x34;

    // At most 4.5, 7.5, 13.5 and 25.5 ms; rounded up, as Task.Delay cuts fractions off.
    private static readonly TimeSpan TemperatureTime = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan[] PressureTimes =
        [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(14), TimeSpan.FromMilliseconds(26)];

    private readonly II2cDevice _chip;
    private readonly int _oversampling;
    private readonly TimeProvider _time;
    private readonly Bmp180Calibration _calibration;

    /// <summary>Takes the chip over, and reads what it was calibrated with.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="oversampling">How many times it measures the pressure: 2 to the power of this, from 0 to 3.</param>
    /// <param name="time">The clock that conversions are waited for with.</param>
    /// <exception cref="IOException">It doesn't answer, or is another one.</exception>
    public Bmp180(II2cDevice chip, int oversampling, TimeProvider time)
    {
        _chip = chip;
        _oversampling = oversampling;
        _time = time;
        try
        {
            Span<byte> id = stackalloc byte[1];
            chip.Read(ChipId, id);
            if (id[0] != ExpectedChipId)
                throw new IOException($"this is no BMP085 or BMP180: its id is 0x{id[0]:x2}, expected 0x{ExpectedChipId:x2}");
            Span<byte> calibration = stackalloc byte[Bmp180Calibration.Size];
            chip.Read(Calibration, calibration);
            _calibration = Bmp180Calibration.Read(calibration);
        }
        catch
        {
            chip.Dispose();
            throw;
        }
    }

    public string Kind => TelemetryKinds.Climate;

    public async ValueTask<RawJson> MeasureAsync(CancellationToken cancellationToken)
    {
        var ut = await ConvertAsync(ReadTemperature, TemperatureTime, 2, cancellationToken);
        var control = (byte)(ReadPressure | (_oversampling << 6));
        var up = await ConvertAsync(control, PressureTimes[_oversampling], 3, cancellationToken) >> (8 - _oversampling);
        var (temperature, pressure) = _calibration.Compensate(ut, up, _oversampling);
        return Json.Of(new RobotClimate(temperature / 10.0, pressure), RobotJson.Default.RobotClimate);
    }

    public void Dispose() => _chip.Dispose();

    private async ValueTask<int> ConvertAsync(byte control, TimeSpan duration, int bytes, CancellationToken cancellationToken)
    {
        _chip.Write(Control, control);
        await Task.Delay(duration, _time, cancellationToken);
        var output = new byte[bytes];
        _chip.Read(Output, output);
        return output.Aggregate(0, (value, next) => (value << 8) | next);
    }
}
