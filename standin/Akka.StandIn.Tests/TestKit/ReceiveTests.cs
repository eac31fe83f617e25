using Akka.Actor;
using Xunit.Sdk;

namespace Akka.StandIn.Tests.Kit;

public class ReceiveTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    public ReceiveTests()
    {
        foreach (var message in new object[] { 1, 2, "three", 4 })
            TestActor.Tell(message);
    }

    [Fact]
    public void ReceiveOne_GivesMessages_ThenNull()
    {
        ReceiveN(3);

        ReceiveOne(Short).ShouldBe(4);
        ReceiveOne(Short).ShouldBeNull();
        ReceiveOne(TimeSpan.Zero).ShouldBeNull();
        Should.Throw<IllegalActorStateException>(() => LastMessage);
        Should.Throw<IllegalActorStateException>(() => LastSender);
    }

    [Fact]
    public void TryReceiveOne_TellsWhoSentIt()
    {
        TryReceiveOne(out var envelope, Short).ShouldBeTrue();

        envelope.Message.ShouldBe(1);
        envelope.Sender.ShouldBe(TestActor);
    }

    [Fact]
    public async Task ReceiveN_GivesAsManyAsAskedFor_OrFails()
    {
        ReceiveN(2).ShouldBe(new object[] { 1, 2 });
        var rest = new List<object>();
        await foreach (var message in ReceiveNAsync(2))
            rest.Add(message);
        rest.ShouldBe(["three", 4]);

        Should.Throw<XunitException>(() => ReceiveN(1, Short)).Message.ShouldContain("Only got 0");
    }

    [Fact]
    public async Task FishForMessage_DropsWhatComesBefore()
    {
        FishForMessage<string>(text => text.Length > 2).ShouldBe("three");
        (await FishForMessageAsync(message => message is 4)).ShouldBe(4);

        Should.Throw<XunitException>(() => FishForMessage(_ => true, Short, "a fifth")).Message.ShouldContain("a fifth");
    }

    [Fact]
    public void ReceiveWhile_LeavesTheFirstThatDoesNotFit()
    {
        ReceiveWhile<object>(message => message is int ? message : null!, max: Short).ShouldBe([1, 2]);
        ExpectMsg("three");
        ReceiveWhile<object>(message => message, max: TimeSpan.FromSeconds(60), idle: Short).ShouldBe([4]);
    }

    [Fact]
    public async Task ACancelledWait_EndsWithoutAMessage()
    {
        ReceiveN(4);
        using var cancellation = new CancellationTokenSource();
        var waiting = ReceiveOneAsync(Timeout.InfiniteTimeSpan, cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }
}
