using Concierge.Robot.Linux;

namespace Concierge.Robot.Tests.Sensors;

/// <summary>A chip's registers.</summary>
internal sealed class FakeChip : II2cDevice
{
    private readonly byte[] _registers = new byte[256];

    /// <summary>What was written, as register and value.</summary>
    public List<(byte Register, byte Value)> Written { get; } = [];

    /// <summary>Told of every write.</summary>
    public Action<byte, byte>? OnWrite { get; set; }

    public bool IsDisposed { get; private set; }

    public void Put(byte register, params byte[] values) => values.CopyTo(_registers, register);

    public void Read(byte register, Span<byte> values) => _registers.AsSpan(register, values.Length).CopyTo(values);

    public void Write(byte register, byte value)
    {
        Written.Add((register, value));
        _registers[register] = value;
        OnWrite?.Invoke(register, value);
    }

    public void Dispose() => IsDisposed = true;
}
