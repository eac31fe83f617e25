using Concierge.Protocol;
using Concierge.Robot.Sensors;

namespace Concierge.Robot.Tests.Parts;

/// <summary>A sensor that measures what the test says.</summary>
internal sealed class FakeSensor(string kind) : ISensor
{
    private int _measured;

    public string Kind => kind;

    public bool IsFailing { get; set; }

    public ValueTask<RawJson> MeasureAsync(CancellationToken cancellationToken) =>
        IsFailing ? throw new IOException($"{kind} is silent") : ValueTask.FromResult(RawJson.From($$"""{"n":{{++_measured}}}"""));

    public void Dispose()
    {
        // It can be opened again.
    }
}
