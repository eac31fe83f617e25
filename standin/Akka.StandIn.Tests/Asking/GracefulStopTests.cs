using Akka.Actor;

namespace Akka.StandIn.Tests.Asking;

public sealed class GracefulStopTests : Contract
{
    [Fact]
    public async Task GracefulStop_CompletesAfterTheEnd()
    {
        var subject = StartSubject();
        subject.Tell("first");

        (await subject.GracefulStop(TimeSpan.FromSeconds(5))).ShouldBeTrue();

        Reports.ExpectMsg("first");
        Reports.ExpectMsg("PostStop");
    }

    [Fact]
    public async Task GracefulStop_OfTheDead_CompletesAtOnce()
    {
        var subject = StartSubject();
        await subject.GracefulStop(TimeSpan.FromSeconds(5));

        (await subject.GracefulStop(TimeSpan.FromSeconds(5))).ShouldBeTrue();
    }

    [Fact]
    public async Task GracefulStop_GivesUpInTime()
    {
        using var gate = new ManualResetEventSlim();
        var subject = StartSubject();
        subject.Tell(Subject.Do(_ => gate.Wait()));

        (await subject.GracefulStop(TimeSpan.FromMilliseconds(20))).ShouldBeFalse();

        gate.Set();
        Reports.ExpectMsg("PostStop");
    }
}
