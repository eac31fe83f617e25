using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Concierge.Robot.Linux;

/// <summary>A chip on an I²C bus, as registers.</summary>
internal interface II2cDevice : IDisposable
{
    /// <summary>Reads registers from one on.</summary>
    /// <param name="register">The first one.</param>
    /// <param name="values">Up to 32.</param>
    /// <exception cref="IOException">The chip doesn't answer.</exception>
    void Read(byte register, Span<byte> values);

    /// <summary>Writes one register.</summary>
    /// <exception cref="IOException">The chip doesn't answer.</exception>
    void Write(byte register, byte value);
}

/// <summary>
/// A chip on a bus of <c>/dev/i2c-N</c>. It speaks SMBus, which every adapter's driver can do, in hardware or emulated, and
/// which the kernel's i2c-stub can play.
/// </summary>
internal sealed class I2cDevice : II2cDevice
{
    private readonly SafeFileHandle _bus;
    private readonly string _name;

    /// <summary>Opens the bus for that chip; whether it is there, the first access tells.</summary>
    /// <param name="bus">The bus' device, such as <c>/dev/i2c-1</c>.</param>
    /// <param name="address">The chip's 7-bit address.</param>
    /// <exception cref="IOException">There is no such bus, or a driver of the kernel's has the chip.</exception>
    public I2cDevice(string bus, int address)
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"the chip 0x{address:x2} on {bus}");
        _bus = Native.Open(bus);
        try
        {
            Native.Control(_bus, I2cAbi.Slave, address, $"{_name} can't be had");
        }
        catch
        {
            _bus.Dispose();
            throw;
        }
    }

    public void Read(byte register, Span<byte> values)
    {
        var data = default(I2cAbi.SmbusData);
        data[0] = (byte)values.Length;
        Transfer(I2cAbi.SmbusRead, register, I2cAbi.SmbusI2cBlockData, ref data);
        Span<byte> all = data;
        all.Slice(1, values.Length).CopyTo(values);
    }

    public void Write(byte register, byte value)
    {
        var data = default(I2cAbi.SmbusData);
        data[0] = value;
        Transfer(I2cAbi.SmbusWrite, register, I2cAbi.SmbusByteData, ref data);
    }

    public void Dispose() => _bus.Dispose();

    private unsafe void Transfer(byte direction, byte register, uint size, ref I2cAbi.SmbusData data)
    {
        fixed (I2cAbi.SmbusData* pointer = &data)
        {
            var transfer = new I2cAbi.SmbusIoctlData { ReadWrite = direction, Command = register, Size = size, Data = (nint)pointer };
            Native.Control(_bus, I2cAbi.Smbus, ref transfer, $"{_name} doesn't answer");
        }
    }
}
