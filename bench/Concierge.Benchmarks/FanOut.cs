using System.Threading.Channels;
using Akka.Actor;
using BenchmarkDotNet.Attributes;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Protocol;

namespace Concierge.Benchmarks;

/// <summary>
/// What a publisher's burst to 1,000 subscribers costs before the kernel comes in: joined, put into each outbox, and
/// flushed to wires that take everything. The baseline is what one would write first, a channel for each connection and
/// a send for each frame. What a send itself costs, by far the most, is measured with Concierge.Load.
/// </summary>
[MemoryDiagnoser]
public class FanOut
{
    private const int Subscribers = 1000;

    private readonly CountingWire _wire = new();
    private readonly Audience _receivers;
    private readonly ClientEntry _sender;
    private readonly Channel<byte[]>[] _channels;
    private readonly Fanout _fanout;

    public FanOut()
    {
        _fanout = new Fanout(new ConciergeMetrics(new DirectoryView()));
        _receivers = new Audience([.. Enumerable.Range(0, Subscribers).Select(_ => Client(Frames.Owner with { Uuid = Guid.NewGuid() }))]);
        _sender = Client(Frames.Owner);
        _channels = [.. Enumerable.Range(0, Subscribers).Select(_ => Channel.CreateBounded<byte[]>(new BoundedChannelOptions(1024) { SingleReader = true }))];
    }

    [Params(1, 64)]
    public int Messages { get; set; }

    [Benchmark(Baseline = true)]
    public long ChannelAndSendPerFrame()
    {
        for (int i = 0; i < Messages; i++)
        {
            byte[] frame = [.. Frames.Prefix, .. Frames.Data, (byte)'}'];
            foreach (Channel<byte[]> channel in _channels) channel.Writer.TryWrite(frame);
        }
        foreach (Channel<byte[]> channel in _channels)
        {
            while (channel.Reader.TryRead(out byte[]? frame)) _wire.TrySend(frame);
        }
        return _wire.Bytes;
    }

    [Benchmark]
    public long Outboxes()
    {
        for (int i = 0; i < Messages; i++) _fanout.Send(_receivers, Destination.Everyone.Instance, _sender, Frames.Prefix, Frames.Data);
        _fanout.Deliver();
        while (_fanout.FlushSome())
        {
        }
        return _wire.Bytes;
    }

    private ClientEntry Client(ClientInfo info) =>
        new(info, FileKey.Create(info.Uuid), presence: false, new Outbox(_wire, 4 * 1024 * 1024, TimeProvider.System), ActorRefs.Nobody);

    private sealed class CountingWire : IWire
    {
        public long Bytes { get; private set; }

        public int TrySend(ReadOnlySpan<byte> bytes)
        {
            Bytes += bytes.Length;
            return bytes.Length;
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => throw new InvalidOperationException("TrySend takes everything.");

        public void Abort()
        {
        }
    }
}
