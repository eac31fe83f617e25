using System.Threading.Channels;
using Concierge.Robot.Motors;

namespace Concierge.Robot.Tests.Safety;

/// <summary>A motor's hardware that remembers what was done to it.</summary>
internal sealed class FakeMotor : IMotorDriver
{
    private readonly Channel<string> _done = Channel.CreateUnbounded<string>();
    private int _failures;

    /// <summary>Held by whoever wants the driver to hang.</summary>
    public object Bus { get; } = new();

    public Movement Movement { get; private set; } = new(default, 77);

    /// <summary>Lets the next calls fail.</summary>
    public void Fail(int times) => Volatile.Write(ref _failures, times);

    public void Apply(Movement movement)
    {
        lock (Bus)
        {
            if (Interlocked.Decrement(ref _failures) >= 0)
            {
                _done.Writer.TryWrite("failed");
                throw new IOException("the bridge is hot");
            }

            Movement = movement;
            _done.Writer.TryWrite(movement.IsNone ? "stop" : $"{movement.Direction} {movement.Speed}");
        }
    }

    public void Dispose() => _done.Writer.TryWrite("released");

    public async Task<string> NextAsync() => await _done.Reader.ReadAsync().InTime();

    public string[] Done()
    {
        var done = new List<string>();
        while (_done.Reader.TryRead(out var next)) done.Add(next);
        return [.. done];
    }
}
