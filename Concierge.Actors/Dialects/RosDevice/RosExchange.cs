using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.RosDevice;

/// <summary>
/// What a device sends in one exchange (dialects, section "ROS devices"), <c>{"m_id": id, "data": [text, …]}</c>, each text being a ROS message
/// written as JSON. Told to the concierge's actor, which answers it.
/// </summary>
public sealed class RosExchange
{
    private RosExchange(string id, byte[]? readings)
    {
        Id = id;
        Readings = readings;
    }

    /// <summary>The device's id, as text.</summary>
    public string Id { get; }

    /// <summary>What is sent back, length and all; cancelled where there is nobody to answer. Completed on any thread.</summary>
    public TaskCompletionSource<byte[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The readings, as subscribers get them; null where there are none.</summary>
    internal byte[]? Readings { get; }

    /// <summary>Reads one.</summary>
    /// <param name="utf8">A JSON object, as far as its braces tell.</param>
    /// <param name="exchange">What it says; holds nothing of the text.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out RosExchange? exchange, [NotNullWhen(false)] out string? error)
    {
        exchange = null;
        string? id = null;
        var readings = new ArrayBufferWriter<byte>();
        ReadOnlySpan<byte> writtenId = default;
        bool hasData = false, hasReadings = false;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Limits.Depth });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("m_id"u8), isData = reader.ValueTextEquals("data"u8);
                reader.Read();
                if (isId)
                {
                    id = IdOf(ref reader);
                    writtenId = utf8[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
                }
                if (isData && reader.TokenType == JsonTokenType.StartArray)
                {
                    hasData = true;
                    readings.ResetWrittenCount();
                    hasReadings = ReadData(utf8, ref reader, readings);
                }
                else reader.Skip();
            }
            // Past the object's end there is nothing, or this throws.
            reader.Read();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            error = "is no JSON";
            return false;
        }
        error = id is null ? "has no 'm_id' that is an integer or a text" : !Names.IsServiceName(RosDeviceActor.ServiceOf(id)) ? "has an 'm_id' that names no service"
            : !hasData ? "has no 'data' that is an array" : null;
        if (error is not null) return false;
        exchange = new RosExchange(id!, hasReadings ? [.. """{"type":"ros_data","data":{"m_id":"""u8, .. writtenId, .. ",\"data\":["u8, .. readings.WrittenSpan, .. "]}}"u8] : null);
        return true;
    }

    private static string? IdOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when reader.TryGetInt64(out _) => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };

    // A text that is no JSON after all, or nested too deeply to be passed on, is a text to the subscribers, too. What isn't written as text is taken as it is.
    private static bool ReadData(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, ArrayBufferWriter<byte> readings)
    {
        bool any = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (any) readings.Write(","u8);
            any = true;
            int start = (int)reader.TokenStartIndex;
            byte[]? text = reader.TokenType == JsonTokenType.String ? Encoding.UTF8.GetBytes(reader.GetString()!) : null;
            reader.Skip();
            readings.Write(text is not null && RelaxedJson.IsValue(text, Limits.Depth - 4) ? text : utf8[start..(int)reader.BytesConsumed]);
        }
        return any;
    }
}
