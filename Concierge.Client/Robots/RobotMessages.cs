using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>Writes commands, and reads what robots say: new ones, older ones, and whoever else owns a service named so.</summary>
internal static class RobotMessages
{
    public static RawJson Command(string type, RawJson data, string? id)
    {
        Json.Check(data);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            if (id is not null) writer.WriteString("id", id);
            writer.WritePropertyName("data");
            writer.WriteRawValue(data.Utf8.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return new RawJson(buffer.WrittenMemory);
    }

    /// <summary>Reads a message's data.</summary>
    /// <param name="data">Any JSON.</param>
    /// <param name="kind">Its type.</param>
    /// <param name="told">What it says, where its kind is known and it has the shape of one; else null.</param>
    /// <returns>Whether it has a type at all.</returns>
    public static bool TryRead(RawJson data, [NotNullWhen(true)] out string? kind, out object? told)
    {
        (kind, told) = (null, null);
        try
        {
            var message = data.ToElement();
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String) return false;
            kind = type.GetString()!;
            told = Read(kind, message);
            return true;
        }
        catch (JsonException)
        {
            return kind is not null;
        }
    }

    private static object? Read(string kind, JsonElement message)
    {
        if (kind == TelemetryKinds.Ros)
        {
            return message.TryGetProperty("topic", out var topic) && topic.ValueKind == JsonValueKind.String && message.TryGetProperty("msg", out var passedOn)
                ? new RosMessage(topic.GetString()!, Json.Verbatim(passedOn))
                : null;
        }

        if (!message.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object) return null;
        return kind switch
        {
            TelemetryKinds.Orientation => data.Deserialize(RobotJson.Default.RobotOrientation),
            TelemetryKinds.Climate => data.Deserialize(RobotJson.Default.RobotClimate),
            TelemetryKinds.Status => data.Deserialize(RobotJson.Default.RobotStatus) is { Link: not null, Faults.IsDefault: false } status ? status : null,
            TelemetryKinds.Motors => data.Deserialize(RobotJson.Default.ImmutableSortedDictionaryStringMotorState),
            TelemetryKinds.CommandResult => ReadResult(data),
            _ => null,
        };
    }

    private static Result? ReadResult(JsonElement data)
    {
        if (!data.TryGetProperty("ok", out var ok) || ok.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return null;
        var id = data.TryGetProperty("id", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        var error = data.TryGetProperty("error", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString() : null;
        return new Result(id, new CommandResult(ok.GetBoolean(), error, data.TryGetProperty("values", out var values) ? Json.Verbatim(values) : null));
    }

    /// <summary>An answer to a command.</summary>
    internal sealed record Result(string? Id, CommandResult What);
}
