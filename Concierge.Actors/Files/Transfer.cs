using Akka.Actor;
using Concierge.Actors.Nodes;

namespace Concierge.Actors.Files;

/// <summary>
/// A transfer as the node sees it that asks for it; the other end is a <see cref="TransferActor"/>. However slow the
/// client is, the transfer goes on; when the other node doesn't answer, it ends. Thread-safe.
/// </summary>
internal sealed class Transfer(Peer home, TimeProvider time) : IDisposable
{
    /// <summary>How long an answer may take: longer than a disk is busy, or a short pause of the other node.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How often a sign of life is given.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _over = new();
    private volatile FileRefusedException? _refusal;

    /// <summary>Its name.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Ended => _over.Token;

    /// <summary>Why it is over, where that is the other node's doing.</summary>
    public FileRefusedException? Refusal => _refusal;

    /// <summary>Asks the other node for something, and waits for the answer.</summary>
    /// <exception cref="FileRefusedException">The other node refuses, or doesn't answer in time.</exception>
    public async Task<T> AskAsync<T>(FileMessage.Request request, CancellationToken cancellation)
        where T : FileMessage
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await home.Files.Ask<object>(request, waiting.Token) switch
            {
                T answer => answer,
                FileMessage.Refused(var why, var text) => throw new FileRefusedException(why, text),
                object other => throw Unavailable(new InvalidOperationException($"{home.Node} answered {request.GetType().Name} with {other.GetType().Name}.")),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Unavailable();
        }
        catch (OperationCanceledException) when (Refusal is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>From now on the other node hears of it, until it is over.</summary>
    public async Task KeepAliveAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(Ended)) await AskAsync<FileMessage.Done>(new FileMessage.KeepAlive(Id), Ended);
        }
        catch (OperationCanceledException)
        {
        }
        catch (FileRefusedException e)
        {
            _refusal = e;
            await _over.CancelAsync();
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (_over.IsCancellationRequested && Refusal is null) return;
        _over.Cancel();
        home.Files.Tell(new FileMessage.Close(Id), ActorRefs.NoSender);
    }

    /// <summary>The refusal of what another node has to do that doesn't do it.</summary>
    public static FileRefusedException Unavailable(Exception? cause = null) =>
        new(FileRefusal.Unavailable, "The node that has the client's files doesn't answer; try again later.", cause);
}
