using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace Concierge.Actors.Tests.Hub;

/// <summary>The TestKit's scheduler, whose monotonic clock goes with the time that the test sets, too.</summary>
public sealed class ManualScheduler(Config config, ILoggingAdapter log) : TestScheduler(config, log), ITimeProvider
{
    private static readonly DateTimeOffset Origin = DateTimeOffset.UnixEpoch;

    TimeSpan ITimeProvider.MonotonicClock => Now - Origin;

    TimeSpan ITimeProvider.HighResMonotonicClock => Now - Origin;
}
