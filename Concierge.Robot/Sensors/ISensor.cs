using Concierge.Protocol;

namespace Concierge.Robot.Sensors;

/// <summary>Something that measures. Used by one caller at a time.</summary>
internal interface ISensor : IDisposable
{
    /// <summary>The type of its telemetry, such as <c>climate_data</c>.</summary>
    string Kind { get; }

    /// <summary>Measures once.</summary>
    /// <returns>What was measured, as the telemetry's <c>data</c>.</returns>
    /// <exception cref="IOException">It doesn't answer.</exception>
    ValueTask<RawJson> MeasureAsync(CancellationToken cancellationToken);
}
