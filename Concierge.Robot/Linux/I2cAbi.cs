using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Concierge.Robot.Linux;

/// <summary>
/// The I²C character device's interface, as <c>linux/i2c-dev.h</c> and <c>linux/i2c.h</c> have it: names, layouts and numbers are the
/// headers'. A test compiles them and compares.
/// </summary>
internal static class I2cAbi
{
    public const uint Slave = 0x0703;
    public const uint Smbus = 0x0720;

    public const byte SmbusWrite = 0;
    public const byte SmbusRead = 1;
    public const uint SmbusByteData = 2;
    public const uint SmbusI2cBlockData = 8;
    public const int SmbusBlockMax = 32;

    [StructLayout(LayoutKind.Sequential)]
    public struct SmbusIoctlData
    {
        public byte ReadWrite;
        public byte Command;
        public uint Size;
        public nint Data;
    }

    /// <summary>The union's largest member; a single byte is the first one.</summary>
    [InlineArray(SmbusBlockMax + 2)]
    public struct SmbusData
    {
        private byte _first;
    }
}
