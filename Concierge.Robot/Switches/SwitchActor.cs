using Akka.Actor;
using Concierge.Robot.Devices;
using Concierge.Robot.Linux;

namespace Concierge.Robot.Switches;

/// <summary>Something that is on or off: the LED, the buzzer. Off when it is taken, and when it is given back.</summary>
internal sealed class SwitchActor(Func<IOutputLine> open) : DeviceActor
{
    private IOutputLine? _line;

    /// <summary>How to create it.</summary>
    public static Props Props(Func<IOutputLine> open) => Akka.Actor.Props.Create(() => new SwitchActor(open));

    protected override void Claim() => _line = open();

    protected override void Release()
    {
        try
        {
            _line?.Dispose();
        }
        catch (IOException)
        {
            // It was given back; what it does now the kernel decides.
        }

        _line = null;
    }

    protected override void OnMessage(object message)
    {
        if (message is not Switch it)
        {
            Unhandled(message);
            return;
        }

        if (_line is null)
        {
            Sender.Tell(new Outcome($"the {Part} is out of order"));
            return;
        }

        try
        {
            _line.Set(it.On);
            Sender.Tell(Outcome.Done);
        }
        catch (Exception e)
        {
            Sender.Tell(new Outcome($"the {Part} failed: {e.Message}"));
            throw;
        }
    }

    /// <summary>Switch it; answered with <see cref="Outcome"/>.</summary>
    internal sealed record Switch(bool On);
}
