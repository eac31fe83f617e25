using Akka.Cluster;

namespace Akka.StandIn.Tests.Cluster;

public sealed class FailureDetectorTests
{
    private readonly PhiAccrualFailureDetector _detector;
    private TimeSpan _now;

    public FailureDetectorTests() => _detector = new PhiAccrualFailureDetector(new ClusterSettings(Akka.Configuration.Config.Empty, "nodes").FailureDetector, () => _now);

    [Fact]
    public void WhoHasNotBeenExpectedYet_IsAvailable()
    {
        After(3600);

        _detector.IsAvailable.ShouldBeTrue();
        _detector.IsMonitoring.ShouldBeFalse();
    }

    [Fact]
    public void WithinTheAcceptablePause_ANodeStaysAvailable()
    {
        BeatFor(60);

        After(4);

        _detector.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void BeyondIt_ANodeIsNotAvailable_UntilItsNextHeartbeat()
    {
        BeatFor(60);

        After(5);
        _detector.IsAvailable.ShouldBeFalse();

        _detector.Heartbeat();
        _detector.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void WhoAnswersOnce_AndNeverAgain_IsFoundOut()
    {
        _detector.Heartbeat();

        After(10);

        _detector.IsAvailable.ShouldBeFalse();
    }

    [Fact]
    public void ALongAbsence_DoesNotMakeTheNextOneAcceptable()
    {
        BeatFor(60);
        After(600);
        _detector.Heartbeat();

        After(6);

        _detector.IsAvailable.ShouldBeFalse();
    }

    [Fact]
    public void Irregularity_IsAllowedFor()
    {
        for (var i = 0; i < 30; i++)
        {
            After(i % 2 == 0 ? 0.2 : 4);
            _detector.Heartbeat();
        }

        After(8);

        _detector.IsAvailable.ShouldBeTrue();
    }

    private void BeatFor(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            After(1);
            _detector.Heartbeat();
        }
    }

    private void After(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}
