using System.Threading.Channels;

namespace Concierge.Client;

/// <summary>
/// Calls handlers for one thing after another, in the order in which they happened, apart from whoever reads the connection.
/// </summary>
/// <param name="raise">Calls the handlers for one thing. Must not throw.</param>
/// <param name="limit">How many bytes may wait.</param>
internal sealed class Dispatcher(Func<object, ValueTask> raise, long limit)
{
    /// <summary>About what an occurrence takes in memory beside the bytes that it came as.</summary>
    private const int Overhead = 256;

    private readonly Channel<(object Occurrence, int Size)> _queue =
        Channel.CreateUnbounded<(object, int)>(new() { SingleReader = true });

    private readonly AsyncLocal<bool> _isHandler = new();
    private long _queued;

    /// <summary>Whether the code that asks runs in a handler, or was called by one.</summary>
    public bool IsHandler => _isHandler.Value;

    /// <summary>Adds what is small and rare, and must not get lost.</summary>
    public void Add(object occurrence) => _queue.Writer.TryWrite((occurrence, 0));

    /// <summary>Adds what came from the concierge, unless too much is waiting.</summary>
    public bool TryAdd(object occurrence, int size)
    {
        size += Overhead;
        if (Interlocked.Add(ref _queued, size) > limit)
        {
            Interlocked.Add(ref _queued, -size);
            return false;
        }

        _queue.Writer.TryWrite((occurrence, size));
        return true;
    }

    /// <summary>Takes nothing more; <see cref="RunAsync"/> ends when all that waits is handled.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Calls handlers until <see cref="Complete"/>.</summary>
    public async Task RunAsync()
    {
        _isHandler.Value = true;
        await foreach (var (occurrence, size) in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await raise(occurrence).ConfigureAwait(false);
            Interlocked.Add(ref _queued, -size);
        }
    }
}
