using System.Threading.Channels;

namespace Concierge.EndToEnd.Tests.Programs;

/// <summary>Lines on their way from the program that writes them to the test that waits for them.</summary>
internal sealed class Lines
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public void Add(string line) => _lines.Writer.TryWrite(line);

    public void Complete() => _lines.Writer.Complete();

    public async Task<string?> TakeAsync() =>
        await _lines.Reader.WaitToReadAsync() && _lines.Reader.TryRead(out string? line) ? line : null;
}
