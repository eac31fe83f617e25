using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.StandIn.Tests.Shutdown;

/// <summary>
/// The stand-in promises more than Akka.NET, which loses what is told to an actor at the very moment its mailbox is closed: application code must not
/// count on a dead letter.
/// </summary>
public sealed class StopUnderLoadTests : IDisposable
{
    private const int Writers = 4;
    private const int MessagesOfEach = 20_000;

    private readonly ActorSystem _system = ActorSystem.Create("load", ConfigurationFactory.ParseString("""
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        """));
    private readonly Counts _counts = new();

    public void Dispose() => _system.Dispose();

    [Fact]
    public async Task EachMessage_IsHandledOrADeadLetter()
    {
        var counts = _counts;
        _system.EventStream.Subscribe(_system.ActorOf(Props.Create(() => new DeadLetterCounter(counts))), typeof(DeadLetter));

        for (var round = 1; round <= 10; round++)
        {
            var target = _system.ActorOf(Props.Create(() => new Target(counts)));
            var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => Flood(target))).ToList();
            (await target.GracefulStop(TimeSpan.FromSeconds(30))).ShouldBeTrue();
            await Task.WhenAll(writers);
        }

        await counts.AllCounted.Task.WaitAsync(TimeSpan.FromSeconds(30));
        counts.Total.ShouldBe(10 * Writers * MessagesOfEach);
    }

    private static void Flood(IActorRef target)
    {
        for (var i = 0; i < MessagesOfEach; i++)
            target.Tell("load", ActorRefs.NoSender);
    }

    private sealed class Counts
    {
        private int _total;

        public TaskCompletionSource AllCounted { get; } = new();

        public int Total => Volatile.Read(ref _total);

        public void Count()
        {
            if (Interlocked.Increment(ref _total) == 10 * Writers * MessagesOfEach)
                AllCounted.SetResult();
        }
    }

    private sealed class Target(Counts counts) : UntypedActor
    {
        protected override void OnReceive(object message) => counts.Count();
    }

    private sealed class DeadLetterCounter(Counts counts) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is DeadLetter { Message: "load" })
                counts.Count();
        }
    }
}
