using Akka.Actor;
using Akka.Hosting;
using Concierge.Actors;
using Concierge.Actors.Sessions;

namespace Concierge.Node.Health;

/// <summary>
/// Empties the node before anything of it is stopped. The web server would wait for its open WebSockets until its time is
/// up, and the actors that could close them stop after it: so the sessions are closed first.
/// </summary>
internal sealed partial class Draining(NodeState state, ActorSystem system, IReadOnlyActorRegistry actors, ILogger<Draining> logger) : IHostedLifecycleService
{
    /// <summary>What is left of the ten seconds that a node may take to stop is for transfers of files and for the actor system.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (state.BeginDraining() == NodePhase.Ready) LogDraining();
        if (!actors.TryGet<ConciergeActor>(out var concierge)) return;
        // Where the cluster has given this node up the actors have done it already, and are gone.
        await Task.WhenAny(DrainAsync(concierge, cancellationToken), system.WhenTerminated);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task DrainAsync(IActorRef concierge, CancellationToken cancellationToken)
    {
        try
        {
            await concierge.Ask<SessionsActor.Drained>(SessionsActor.Drain.Instance, Patience, cancellationToken);
        }
        catch (Exception e) when (e is AskTimeoutException or OperationCanceledException)
        {
            if (!system.WhenTerminated.IsCompleted) LogImpatience(Patience);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Draining: closing all clients")]
    private partial void LogDraining();

    [LoggerMessage(2, LogLevel.Warning, "Clients are still connected after {patience}; they are dropped")]
    private partial void LogImpatience(TimeSpan patience);
}
