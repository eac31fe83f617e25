using System.Text;

namespace Concierge.EndToEnd.Tests.Wire;

/// <summary>What clients and the concierge say, as it looks on the wire.</summary>
internal static class Payloads
{
    public static string Identify(string name, string? nickname = null, string[]? tags = null, bool presence = true, string version = "0.2.0") =>
        $$"""
        {"type":"IDENTIFY","name":{{Json.Quote(name)}},"nickname":{{Json.Quote(nickname)}},"version":"{{version}}","secret":null,
        "tags":{{Array(tags ?? [], Json.Quote)}},"presence":{{(presence ? "true" : "false")}}}
        """;

    public static string Message(string target, string data = "null") => $$"""{"type":"MESSAGE","target":{{target}},"data":{{data}}}""";

    public static string ToName(string name) => $$"""{"type":"NAME","name":"{{name}}"}""";

    public static string ToUuid(string uuid) => $$"""{"type":"UUID","uuid":"{{uuid}}"}""";

    public static string ToService(string service) => $$"""{"type":"SERVICE","service":"{{service}}"}""";

    public static string ToServiceClient(string service, string uuid) =>
        $$"""{"type":"SERVICE_CLIENT_UUID","service":"{{service}}","uuid":"{{uuid}}"}""";

    public static string ToRoom(string room) => $$"""{"type":"ROOM","room":"{{room}}"}""";

    public const string ToAll = """{"type":"ALL"}""";

    public static string Client(string name, string? nickname, string uuid, string[] tags) =>
        $$"""{"name":{{Json.Quote(name)}},"nickname":{{Json.Quote(nickname)}},"uuid":"{{uuid}}","tags":{{Array(tags, Json.Quote)}}}""";

    /// <summary>A service as it is described with the given subscribers listed.</summary>
    public static string Service(string name, WireClient owner, params WireClient[] subscribers) => Service(name, null, owner, subscribers);

    public static string Service(string name, string? nickname, WireClient owner, params WireClient[] subscribers) =>
        $$"""{"name":"{{name}}","nickname":{{Json.Quote(nickname)}},"owner_uuid":"{{owner.Uuid}}","subscribers":{{Array(subscribers, it => $"\"{it.Uuid}\"")}}}""";

    public static string Room(string name, params WireClient[] members) =>
        $$"""{"name":"{{name}}","members":{{Array(members, it => $"\"{it.Uuid}\"")}}}""";

    /// <summary>A message as its receiver gets it; <paramref name="service"/> is the one that it went through.</summary>
    public static string Received(WireClient sender, string target, string data, string? service = null) =>
        $$"""{"type":"MESSAGE","origin":{{Origin(sender, service)}},"target":{{target}},"data":{{data}}}""";

    public static string Ok(long seq) => $$"""{"type":"OK","seq":{{seq}}}""";

    public static string Bad(long seq) => $$"""{"type":"BAD","seq":{{seq}}}""";

    public static byte[] Utf8(this string text) => Encoding.UTF8.GetBytes(text);

    private static string Origin(WireClient sender, string? service) => $$"""{{sender.Info[..^1]}},"service":{{service ?? "null"}}}""";

    private static string Array<T>(IEnumerable<T> items, Func<T, string> show) => $"[{string.Join(',', items.Select(show))}]";
}
