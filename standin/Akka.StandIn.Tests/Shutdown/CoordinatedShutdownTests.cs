using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.StandIn.Tests.Shutdown;

public sealed class CoordinatedShutdownTests : IDisposable
{
    private readonly ConcurrentQueue<string> _ran = new();
    private readonly ActorSystem _system = ActorSystem.Create("shutdown", ConfigurationFactory.ParseString("""
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.coordinated-shutdown.phases.service-stop.timeout = 50ms
        akka.coordinated-shutdown.phases.service-unbind.recover = off
        """));

    private CoordinatedShutdown Shutdown => CoordinatedShutdown.Get(_system);

    /// <summary>Not Terminate: one of the tests makes that fail.</summary>
    public void Dispose() => ((ExtendedActorSystem)_system).Abort();

    [Fact]
    public async Task Phases_RunInTheirOrder_AndEndTheSystem()
    {
        Add(CoordinatedShutdown.PhaseBeforeActorSystemTerminate);
        Add(CoordinatedShutdown.PhaseServiceUnbind);
        Add(CoordinatedShutdown.PhaseClusterLeave);
        Add(CoordinatedShutdown.PhaseBeforeServiceUnbind);
        Add(CoordinatedShutdown.PhaseServiceRequestsDone);

        await Shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);

        _ran.ShouldBe(["before-service-unbind", "service-unbind", "service-requests-done", "cluster-leave", "before-actor-system-terminate"]);
        _system.WhenTerminated.IsCompleted.ShouldBeTrue();
        Shutdown.ShutdownReason.ShouldBe(CoordinatedShutdown.ClrExitReason.Instance);
    }

    [Fact]
    public async Task Terminate_RunsThem()
    {
        Add(CoordinatedShutdown.PhaseServiceStop);

        await _system.Terminate();

        _ran.ShouldBe(["service-stop"]);
        Shutdown.ShutdownReason.ShouldBe(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
    }

    [Fact]
    public async Task APhase_AwaitsTheOneBefore()
    {
        var unbound = new TaskCompletionSource<Done>();
        Shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "slow", () => unbound.Task);
        Add(CoordinatedShutdown.PhaseServiceUnbind);

        var run = Shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        _ran.ShouldBeEmpty();
        unbound.SetResult(Done.Instance);
        await run;

        _ran.ShouldBe(["service-unbind"]);
    }

    [Fact]
    public async Task Run_Twice_RunsOnce()
    {
        Add(CoordinatedShutdown.PhaseServiceStop);

        var first = Shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        var second = Shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
        await Task.WhenAll(first, second);

        _ran.ShouldBe(["service-stop"]);
        Shutdown.ShutdownReason.ShouldBe(CoordinatedShutdown.UnknownReason.Instance);
    }

    [Fact]
    public async Task ATaskThatFails_IsPassedOver()
    {
        Shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails", () => throw new InvalidOperationException());
        Add(CoordinatedShutdown.PhaseClusterLeave);

        await Shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);

        _ran.ShouldBe(["cluster-leave"]);
    }

    [Fact]
    public async Task ATaskThatHangs_LosesItsPhasesTime()
    {
        Shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "hangs", () => new TaskCompletionSource<Done>().Task);
        Add(CoordinatedShutdown.PhaseClusterLeave);

        await Shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);

        _ran.ShouldBe(["cluster-leave"]);
    }

    [Fact]
    public async Task WithoutRecovery_AFailureEndsTheRun()
    {
        Shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => throw new InvalidOperationException("on purpose"));
        Add(CoordinatedShutdown.PhaseServiceStop);

        await Should.ThrowAsync<Exception>(Shutdown.Run(CoordinatedShutdown.UnknownReason.Instance));

        _ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_FromAPhase_LeavesOutTheOnesBefore()
    {
        Add(CoordinatedShutdown.PhaseServiceUnbind);
        Add(CoordinatedShutdown.PhaseClusterLeave);

        await Shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseServiceStop);

        _ran.ShouldBe(["cluster-leave"]);
    }

    [Fact]
    public void AnUnknownPhase_IsRefused() => Should.Throw<ConfigurationException>(() =>
        Shutdown.AddTask("coffee", "brew", () => Task.FromResult(Done.Instance)));

    private void Add(string phase) => Shutdown.AddTask(phase, "record", () =>
    {
        _ran.Enqueue(phase);
        return Task.FromResult(Done.Instance);
    });
}
