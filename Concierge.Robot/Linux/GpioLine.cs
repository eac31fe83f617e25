using Microsoft.Win32.SafeHandles;

namespace Concierge.Robot.Linux;

/// <summary>
/// A GPIO line as an output, through the character device. The kernel gives a line to one process at a time and takes it
/// back when that ends, in whatever way; what the line does then is the driver's affair, so it is driven low before.
/// </summary>
internal sealed class GpioLine : IOutputLine
{
    private readonly SafeFileHandle _line;
    private readonly string _name;
    private readonly bool _isActiveLow;

    private GpioLine(SafeFileHandle line, string name, bool isActiveLow)
    {
        _line = line;
        _name = name;
        _isActiveLow = isActiveLow;
    }

    /// <summary>Takes a line and drives it inactive, in one step.</summary>
    /// <param name="chip">The chip's device, such as <c>/dev/gpiochip0</c>.</param>
    /// <param name="offset">The line's number on it.</param>
    /// <param name="isActiveLow">Whether the line is high when what hangs on it is off.</param>
    /// <exception cref="IOException">There is no such line, or another program has it.</exception>
    public static GpioLine Claim(string chip, int offset, bool isActiveLow = false)
    {
        var name = $"line {offset} of {chip}";
        var request = new GpioAbi.LineRequest { NumLines = 1 };
        request.Offsets[0] = (uint)offset;
        "concierge-robot"u8.CopyTo(request.Consumer);
        request.Config.Flags = GpioAbi.FlagOutput;
        request.Config.NumAttrs = 1;
        request.Config.Attrs[0] = new GpioAbi.LineConfigAttribute
        {
            Attr = new GpioAbi.LineAttribute { Id = GpioAbi.AttrIdOutputValues, Values = isActiveLow ? 1UL : 0 },
            Mask = 1,
        };

        using var device = Native.Open(chip);
        Native.Control(device, GpioAbi.GetLine, ref request, $"{name} can't be had as an output; is it another program's?");
        return new GpioLine(new SafeFileHandle(request.Fd, ownsHandle: true), name, isActiveLow);
    }

    public void Set(bool high)
    {
        var values = new GpioAbi.LineValues { Bits = high != _isActiveLow ? 1UL : 0, Mask = 1 };
        Native.Control(_line, GpioAbi.LineSetValues, ref values, $"{_name} can't be driven");
    }

    public void Dispose()
    {
        if (_line.IsClosed) return;
        try
        {
            Set(false);
        }
        finally
        {
            _line.Dispose();
        }
    }
}
