using System.Collections.Concurrent;

namespace Concierge.Node.Files;

/// <summary>
/// How many requests of each caller are in work: one client, however many slow downloads it begins, must leave the others the transfers that
/// a node has for them. Who shows but a uuid, which anybody may know, is counted apart from who shows the file key. Thread-safe.
/// </summary>
internal sealed class RequestsInWork
{
    /// <summary>So many of one caller at a time.</summary>
    internal const int Most = 64;

    private readonly ConcurrentDictionary<Caller, int> _counts = new();

    /// <summary>Counts one more, until what it returns is disposed of.</summary>
    /// <exception cref="RefusedException">There are as many as there may be (429).</exception>
    public IDisposable Begin(Caller caller)
    {
        if (_counts.AddOrUpdate(caller, 1, static (_, count) => count + 1) <= Most) return new Entry(this, caller);
        End(caller);
        throw new RefusedException(
            StatusCodes.Status429TooManyRequests, $"More than {Most} transfers of this client go on; try again when one of them has ended.");
    }

    private void End(Caller caller)
    {
        if (_counts.AddOrUpdate(caller, 0, static (_, count) => count - 1) == 0) _counts.TryRemove(KeyValuePair.Create(caller, 0));
    }

    private sealed class Entry(RequestsInWork counts, Caller caller) : IDisposable
    {
        public void Dispose() => counts.End(caller);
    }
}
