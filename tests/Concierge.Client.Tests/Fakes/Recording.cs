using System.Threading.Channels;

namespace Concierge.Client.Tests;

/// <summary>An event handler that keeps what it is told, for the test to take in the same order.</summary>
internal sealed class Recording<T>
{
    private readonly Channel<T> _told = Channel.CreateUnbounded<T>();

    public ValueTask Handle(T occurrence, CancellationToken cancellationToken)
    {
        _told.Writer.TryWrite(occurrence);
        return default;
    }

    public Task<T> NextAsync() => _told.Reader.ReadAsync().InTime();

    /// <summary>Waits for what is looked for, past all else.</summary>
    public async Task<T> UntilAsync(Func<T, bool> isIt)
    {
        T next;
        do
            next = await NextAsync();
        while (!isIt(next));
        return next;
    }
}
