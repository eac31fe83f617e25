using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Concierge.Protocol;
using Concierge.Robot.Devices;

namespace Concierge.Robot.Sensors;

/// <summary>Measures at an interval and tells its parent. A measurement that takes longer is waited for, not piled up.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The cancellation holds nothing but memory, and is used after the end.")]
internal sealed class SensorActor(Func<ISensor> open, TimeSpan interval, TimeProvider time) : DeviceActor
{
    /// <summary>How long a chip may take before it counts as failed.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private ISensor? _sensor;
    private bool _isMeasuring, _hasMeasured;

    /// <summary>How to create it.</summary>
    public static Props Props(Func<ISensor> open, TimeSpan interval, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new SensorActor(open, interval, time));

    /// <summary>A chip that is there may be silent: it works when it has measured.</summary>
    protected override bool WorksWhenClaimed => false;

    protected override void Claim()
    {
        _sensor = open();
        // Not at once: one that fails every time would be restarted without a pause.
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, interval);
    }

    protected override void Release()
    {
        _sensor?.Dispose();
        _sensor = null;
    }

    protected override void PostStop()
    {
        _stop.Cancel();
        base.PostStop();
    }

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case Tick when !_isMeasuring && _sensor is not null:
                _isMeasuring = true;
                MeasureAsync(_sensor).PipeTo(Self);
                break;
            case Tick:
                break;
            case Measured it:
                _isMeasuring = false;
                if (!_hasMeasured) Context.Parent.Tell(new PartWorks(Part));
                _hasMeasured = true;
                Context.Parent.Tell(it);
                break;
            case Status.Failure { Cause: OperationCanceledException }:
                // Left over from before a restart.
                break;
            case Status.Failure failure:
                throw new IOException(failure.Cause.Message, failure.Cause);
            default:
                Unhandled(message);
                break;
        }
    }

    // Not on the actor's thread: a chip that holds the bus blocks whoever waits for it.
    private Task<Measured> MeasureAsync(ISensor sensor) =>
        Task.Run(async () => new Measured(sensor.Kind, await sensor.MeasureAsync(_stop.Token)), _stop.Token).WaitAsync(Timeout, time);

    /// <summary>What the sensor measured.</summary>
    /// <param name="Kind">The telemetry's type.</param>
    /// <param name="Data">Its data.</param>
    internal sealed record Measured(string Kind, RawJson Data);

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
