using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Concierge.Protocol;

namespace Concierge.Benchmarks;

/// <summary>
/// What the concierge's answer to a message costs to write, and what it puts before a message's data: once for each
/// publisher and target, not for each message. The baseline serializes the same object with JsonSerializer.
/// </summary>
[MemoryDiagnoser]
public class WritePayload
{
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly ServerPayload _ok = new ServerPayload.Ok { Seq = 12345 };
    private readonly object _okObject = new { type = "OK", seq = 12345L };
    private readonly object _prefixObject = new
    {
        type = "MESSAGE",
        origin = new
        {
            name = Frames.Owner.Name,
            nickname = Frames.Owner.Nickname,
            uuid = Frames.Owner.Uuid,
            tags = Frames.Owner.Tags.ToArray(),
            service = new
            {
                name = Frames.Service.Name,
                nickname = Frames.Service.Nickname,
                owner_uuid = Frames.Service.OwnerUuid,
                subscribers = Array.Empty<Guid>(),
            },
        },
        target = new { type = "SERVICE", service = Frames.Service.Name },
    };

    [Benchmark]
    public int Ok() => Written(_ok);

    [Benchmark]
    public int OkBySerializer() => Serialized(_okObject);

    [Benchmark]
    public int MessagePrefix()
    {
        _output.ResetWrittenCount();
        ServerPayloadWriter.WriteMessagePrefix(_output, new Origin(Frames.Owner, Frames.Service), Frames.Target);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int MessagePrefixBySerializer() => Serialized(_prefixObject);

    private int Written(ServerPayload payload)
    {
        _output.ResetWrittenCount();
        ServerPayloadWriter.Write(_output, payload);
        return _output.WrittenCount;
    }

    private int Serialized(object value)
    {
        _output.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_output);
        JsonSerializer.Serialize(json, value);
        return _output.WrittenCount;
    }
}
