using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Concierge.Robot.Linux;

/// <summary>
/// The second version of the GPIO character device's interface, as <c>linux/gpio.h</c> has it: names, layouts and numbers are
/// the header's. A test compiles that header and compares.
/// </summary>
internal static class GpioAbi
{
    public const int LinesMax = 64;
    public const int MaxNameSize = 32;
    public const int NumAttrsMax = 10;

    public const ulong FlagOutput = 1 << 3;
    public const uint AttrIdOutputValues = 2;

    public const uint GetLine = 0xC250B407;
    public const uint LineSetValues = 0xC010B40F;

    [StructLayout(LayoutKind.Sequential)]
    public struct LineValues
    {
        public ulong Bits;
        public ulong Mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineAttribute
    {
        public uint Id;
        public uint Padding;
        public ulong Values;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineConfigAttribute
    {
        public LineAttribute Attr;
        public ulong Mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineConfig
    {
        public ulong Flags;
        public uint NumAttrs;
        public Reserved Padding;
        public Attributes Attrs;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineRequest
    {
        public LineOffsets Offsets;
        public Name Consumer;
        public LineConfig Config;
        public uint NumLines;
        public uint EventBufferSize;
        public Reserved Padding;
        public int Fd;
    }

    [InlineArray(LinesMax)]
    public struct LineOffsets
    {
        private uint _first;
    }

    [InlineArray(MaxNameSize)]
    public struct Name
    {
        private byte _first;
    }

    [InlineArray(NumAttrsMax)]
    public struct Attributes
    {
        private LineConfigAttribute _first;
    }

    [InlineArray(5)]
    public struct Reserved
    {
        private uint _first;
    }
}
