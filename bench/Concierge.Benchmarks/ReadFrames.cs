using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using BenchmarkDotNet.Attributes;
using Concierge.Protocol.WebSockets;

namespace Concierge.Benchmarks;

/// <summary>
/// What it costs to take messages out of one socket read. Both sides copy the bytes first, as unmasking overwrites them.
/// The baseline is the framework's own WebSocket over a stream that has everything at once.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "What it owns lives as long as the process.")]
public class ReadFrames
{
    private const int LargestMessage = 1024 * 1024;

    private readonly MessageReader _reader = new(LargestMessage);
    private readonly List<InboundMessage> _messages = [];
    private readonly byte[] _received = new byte[LargestMessage];
    private byte[] _masked = [];
    private byte[] _chunk = [];
    private MemoryStream _stream = new();
    private WebSocket _webSocket = null!;

    [Params(Content.MessagesOf128Bytes, Content.FragmentsOf64KiB)]
    public Content Chunk { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _masked = Chunk == Content.MessagesOf128Bytes
            ? [.. Enumerable.Range(0, 64).SelectMany(_ => Frames.Masked(Opcode.Text, 128, isFinal: true))]
            : [.. Enumerable.Range(0, 16).SelectMany(i => Frames.Masked(i == 0 ? Opcode.Text : Opcode.Continuation, 4096, isFinal: i == 15))];
        _chunk = new byte[_masked.Length];
        _stream = new MemoryStream(_masked);
        _webSocket = WebSocket.CreateFromStream(_stream, new WebSocketCreationOptions { IsServer = true });
    }

    [Benchmark(Baseline = true)]
    public async Task<int> FrameworkWebSocket()
    {
        _stream.Position = 0;
        int messages = 0;
        while (_stream.Position < _stream.Length)
        {
            ValueWebSocketReceiveResult part = await _webSocket.ReceiveAsync(_received.AsMemory(), CancellationToken.None);
            if (part.EndOfMessage) messages++;
        }
        return messages;
    }

    [Benchmark]
    public int Reader()
    {
        _masked.CopyTo(_chunk, 0);
        _messages.Clear();
        _reader.Read(_chunk, _messages);
        return _messages.Count;
    }

    public enum Content
    {
        MessagesOf128Bytes,
        FragmentsOf64KiB,
    }
}
