using Akka.Actor;

namespace Akka.StandIn.Tests.Asking;

public sealed class PipeToTests : Contract
{
    [Fact]
    public async Task AResult_IsTold()
    {
        await Task.FromResult("result").PipeTo(TestActor, Reports);

        ExpectMsg("result");
        LastSender.ShouldBe(Reports.Ref);
    }

    [Fact]
    public async Task AFailure_IsToldAsStatusFailure()
    {
        await Task.FromException<string>(Failure).PipeTo(TestActor);

        ExpectMsg<Status.Failure>().Cause.ShouldBe(Failure);
    }

    [Fact]
    public async Task BothEnds_CanBeTransformed()
    {
        await Task.FromResult(2).PipeTo(TestActor, success: number => number * 2, failure: failure => failure.Message);
        await Task.FromException<int>(Failure).PipeTo(TestActor, success: number => number * 2, failure: failure => failure.Message);

        ExpectMsg(4);
        ExpectMsg(Failure.Message);
    }

    [Fact]
    public async Task ATaskWithoutAResult_TellsOnlyWhatItIsGiven()
    {
        await Task.CompletedTask.PipeTo(TestActor);
        await Task.CompletedTask.PipeTo(TestActor, success: () => "done");
        await Task.FromException(Failure).PipeTo(TestActor);

        ExpectMsg("done");
        ExpectMsg<Status.Failure>().Cause.ShouldBe(Failure);
    }
}
