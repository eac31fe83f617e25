using System.Globalization;
using System.Text;
using System.Text.Json;
using Concierge.Actors.Connections;
using Concierge.Protocol.JsonStreams;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Dialects.RosDevice;

/// <summary>
/// What waits for a device's next exchanges: of each topic the newest message, one topic an exchange, in the order in which they came to wait. To those who
/// send it is a wire that takes everything at once; what is over its bounds, or is no <c>{"topic", "data"}</c>, is dropped. Thread-safe.
/// </summary>
internal sealed class RosAnswers : IWire
{
    private const int MostTopics = 64;

    private const int MostBytes = 4 * 1024 * 1024;

    private static readonly byte[] Silence = Encoding.UTF8.GetBytes("""{"topic": "/radio_silence_serv", "data": "{\"data\": \"yosh\"}"}""");

    private readonly Lock _gate = new();
    private readonly ObjectReader _reader = new(int.MaxValue);
    private readonly OrderedDictionary<string, byte[]> _waiting = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>What is said next, and no longer waits; without anything to say, the radio's silence. With its length before it.</summary>
    public byte[] Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0) return WithLength(Silence);
            byte[] next = _waiting.GetAt(0).Value;
            RemoveFirst();
            return WithLength(next);
        }
    }

    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        List<InboundMessage> messages = [];
        _reader.Read(bytes.ToArray(), messages);
        foreach (InboundMessage message in messages) Keep(message.Payload.Span);
        return bytes.Length;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        TrySend(bytes.Span);
        return ValueTask.CompletedTask;
    }

    public void Abort()
    {
        // What waits is gone with the device.
    }

    // The length counts its own digits, too.
    private static byte[] WithLength(byte[] json)
    {
        int length = json.Length + 1;
        while (json.Length + Digits(length).Length != length) length = json.Length + Digits(length).Length;
        return [.. Encoding.ASCII.GetBytes(Digits(length)), .. json];
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Keep(ReadOnlySpan<byte> utf8)
    {
        if (!TryRead(utf8, out string topic, out byte[] json)) return;
        lock (_gate)
        {
            if (_waiting.TryGetValue(topic, out byte[]? older)) _bytes -= older.Length;
            _waiting[topic] = json;
            _bytes += json.Length;
            while (_waiting.Count > MostTopics || _bytes > MostBytes) RemoveFirst();
        }
    }

    private void RemoveFirst()
    {
        _bytes -= _waiting.GetAt(0).Value.Length;
        _waiting.RemoveAt(0);
    }

    // To the device data is a text. Who sends JSON means the text of it.
    private static bool TryRead(ReadOnlySpan<byte> utf8, out string topic, out byte[] json)
    {
        (topic, json) = ("", []);
        ReadOnlySpan<byte> writtenTopic = default, data = default;
        var reader = new Utf8JsonReader(utf8);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isTopic = reader.ValueTextEquals("topic"u8), isData = reader.ValueTextEquals("data"u8);
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                bool isText = reader.TokenType == JsonTokenType.String;
                if (isTopic) topic = isText ? reader.GetString()! : "";
                reader.Skip();
                ReadOnlySpan<byte> written = utf8[start..(int)reader.BytesConsumed];
                if (isTopic) writtenTopic = written;
                if (isData) data = isText ? written : RelaxedJson.String(written);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
        if (topic.Length == 0 || data.IsEmpty) return false;
        json = [.. "{\"topic\": "u8, .. writtenTopic, .. ", \"data\": "u8, .. data, (byte)'}'];
        return true;
    }
}
