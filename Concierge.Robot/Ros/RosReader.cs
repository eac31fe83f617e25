using System.Text.Json;
using Concierge.Client;
using Concierge.Protocol;

namespace Concierge.Robot.Ros;

/// <summary>Reads what rosbridge sends. Whatever it is, reading it throws nothing.</summary>
internal static class RosReader
{
    public static RosOperation Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            return new RosOperation.Unknown($"no JSON: {e.Message}");
        }
    }

    private static RosOperation Read(JsonElement it)
    {
        if (it.ValueKind != JsonValueKind.Object || Text(it, "op") is not { } op) return new RosOperation.Unknown("an operation without \"op\"");
        return op switch
        {
            "publish" when Text(it, "topic") is { } topic && it.TryGetProperty("msg", out var message) => new RosOperation.Publish(topic, Json.Verbatim(message)),
            "service_response" when Text(it, "id") is { } id => new RosOperation.ServiceResponse(id, !IsFalse(it, "result"), it.TryGetProperty("values", out var values) ? Json.Verbatim(values) : RawJson.Null),
            "status" => new RosOperation.Status(Text(it, "level") ?? "error", Text(it, "msg") ?? "", Text(it, "id")),
            "fragment" when Text(it, "id") is { } id && Text(it, "data") is { } data && Number(it, "num") is { } number && Number(it, "total") is { } total =>
                new RosOperation.Fragment(id, data, number, total),
            _ => new RosOperation.Unknown($"op {op}"),
        };
    }

    private static string? Text(JsonElement it, string name) =>
        it.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement it, string name) =>
        it.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>Older bridges leave the result out where all went well.</summary>
    private static bool IsFalse(JsonElement it, string name) => it.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.False;
}
