using System.Buffers;
using System.Text.Json;
using Concierge.Protocol;
using Concierge.Robot.Configuration;

namespace Concierge.Robot.Ros;

/// <summary>Writes operations for rosbridge. Each has an id, by which a status says what it is about.</summary>
internal static class RosWriter
{
    private const string SubscribePrefix = "subscribe:";

    public static RawJson Subscribe(string topic, RosSettings settings) => Write("subscribe", SubscribePrefix + topic, writer =>
    {
        writer.WriteString("topic", topic);
        writer.WriteNumber("throttle_rate", (long)settings.Throttle.TotalMilliseconds);
        writer.WriteNumber("queue_length", settings.Queue);
    });

    public static RawJson Unsubscribe(string topic) => Write("unsubscribe", SubscribePrefix + topic, writer => writer.WriteString("topic", topic));

    public static RawJson Advertise(string topic, string type) => Write("advertise", $"advertise:{topic}", writer =>
    {
        writer.WriteString("topic", topic);
        writer.WriteString("type", type);
    });

    public static RawJson Unadvertise(string topic) => Write("unadvertise", $"advertise:{topic}", writer => writer.WriteString("topic", topic));

    public static RawJson Publish(string topic, RawJson message) => Write("publish", $"publish:{topic}", writer =>
    {
        writer.WriteString("topic", topic);
        writer.WritePropertyName("msg");
        writer.WriteRawValue(message.Utf8.Span);
    });

    public static RawJson Call(string id, string service, RawJson arguments) => Write("call_service", id, writer =>
    {
        writer.WriteString("service", service);
        writer.WritePropertyName("args");
        writer.WriteRawValue(arguments.Utf8.Span);
    });

    /// <summary>The topic that an operation was to subscribe to; null where it was another operation.</summary>
    public static string? SubscribedTopic(string id) =>
        id.StartsWith(SubscribePrefix, StringComparison.Ordinal) ? id[SubscribePrefix.Length..] : null;

    private static RawJson Write(string operation, string id, Action<Utf8JsonWriter> rest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("op", operation);
            writer.WriteString("id", id);
            rest(writer);
            writer.WriteEndObject();
        }

        return new RawJson(buffer.WrittenMemory);
    }
}
