using System.Buffers;
using System.Text.Json;
using Concierge.Client;
using Concierge.Protocol;

namespace Concierge.Robot.Telemetry;

/// <summary>Writes what the robot says, as the <c>data</c> of messages.</summary>
internal static class TelemetryWriter
{
    /// <summary><c>{"type", "data"}</c></summary>
    public static RawJson Of(string kind, RawJson data) => Write(writer =>
    {
        writer.WriteString("type", kind);
        Write(writer, "data", data);
    });

    /// <summary><c>{"type": "ros", "topic", "msg"}</c></summary>
    public static RawJson OfRos(string topic, RawJson message) => Write(writer =>
    {
        writer.WriteString("type", TelemetryKinds.Ros);
        writer.WriteString("topic", topic);
        Write(writer, "msg", message);
    });

    /// <summary><c>{"type": "command_result", "data": {"id", "ok", "error"}}</c>, and <c>values</c> where there are any.</summary>
    public static RawJson OfResult(RawJson? id, string? error, RawJson? values = null) => Write(writer =>
    {
        writer.WriteString("type", TelemetryKinds.CommandResult);
        writer.WriteStartObject("data");
        Write(writer, "id", id ?? RawJson.Null);
        writer.WriteBoolean("ok", error is null);
        writer.WriteString("error", error);
        if (values is { } given) Write(writer, "values", given);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, string name, RawJson value)
    {
        writer.WritePropertyName(name);
        // From a parser or a writer of ours: it is one JSON value.
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }

    private static RawJson Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new RawJson(buffer.WrittenMemory);
    }
}
