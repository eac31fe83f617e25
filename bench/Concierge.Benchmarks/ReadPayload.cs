using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Concierge.Protocol;

namespace Concierge.Benchmarks;

/// <summary>
/// What a client's frame costs to read. The baseline makes a JsonDocument of the same bytes, and looks at nothing in it.
/// </summary>
[MemoryDiagnoser]
public class ReadPayload
{
    private byte[] _utf8 = [];

    [Params(ClientFrame.Message, ClientFrame.Identify, ClientFrame.Broken)]
    public ClientFrame Frame { get; set; }

    [GlobalSetup]
    public void Setup() => _utf8 = Frame switch
    {
        ClientFrame.Message => Frames.ServiceMessage,
        ClientFrame.Identify =>
            [.. """{"type":"IDENTIFY","name":"alice","nickname":"Alice","version":"0.2.0","secret":null,"tags":["browser","chat"]}"""u8],
        // As a client sends that forgot a field: sound JSON, so that both read all of it.
        _ => [.. """{"type":"MESSAGE","target":{"type":"SERVICE"},"data":{"type":"TEXT","text":"hello"}}"""u8],
    };

    [Benchmark(Baseline = true)]
    public JsonValueKind Document()
    {
        using var document = JsonDocument.Parse(_utf8);
        return document.RootElement.ValueKind;
    }

    [Benchmark]
    public bool Payload() => ClientPayloadReader.TryRead(_utf8, out _, out _);

    public enum ClientFrame
    {
        Message,
        Identify,
        Broken,
    }
}
