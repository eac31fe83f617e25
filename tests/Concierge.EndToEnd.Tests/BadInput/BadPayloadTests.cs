using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.BadInput;

/// <summary>Text that is no payload: an error that says why, and a session that goes on.</summary>
public sealed class BadPayloadTests(SharedNode shared) : SharedNodeTests(shared)
{
    private static readonly string MillionDigits = new('7', 1_000_000);

    // What to send, by what it is; a million digits don't fit in a test's name.
    private static readonly Dictionary<string, string> Bad = new()
    {
        ["no JSON"] = "hello",
        ["JSON that is cut off"] = """{"type":"SELF_FETCH" """,
        ["a comma too many"] = """{"type":"SELF_FETCH",}""",
        ["a comment"] = """{"type":"SELF_FETCH"/*!*/}""",
        ["two payloads in a frame"] = """{"type":"SELF_FETCH"}{"type":"SELF_FETCH"}""",
        ["a byte order mark"] = "\uFEFF{\"type\":\"SELF_FETCH\"}",
        ["single quotes"] = "{'type':'SELF_FETCH'}",
        ["a control character in a string"] = "{\"type\":\"SELF_FETCH\",\"x\":\"\u0001\"}",
        ["NaN"] = """{"type":"MESSAGE","target":{"type":"ALL"},"data":NaN}""",
        ["a number with leading zeros"] = """{"type":"MESSAGE","target":{"type":"ALL"},"data":007}""",
        ["an array"] = "[]",
        ["a string"] = "\"SELF_FETCH\"",
        ["a number"] = "5",
        ["null"] = "null",
        ["an object without type"] = "{}",
        ["a type that is a number"] = """{"type":5}""",
        ["a type that is null"] = """{"type":null}""",
        ["a type given twice"] = """{"type":"SELF_FETCH","type":"SELF_FETCH"}""",
        ["a field given twice"] = """{"type":"SELF_SET_SEQ","seq":1,"seq":2}""",
        ["a field given twice, once in escapes"] = """{"type":"SELF_SET_SEQ","seq":1,"\u0073eq":2}""",
        ["a target's field given twice"] = """{"type":"MESSAGE","target":{"type":"NAME","name":"a","name":"b"},"data":1}""",
        ["data given twice"] = """{"type":"MESSAGE","target":{"type":"ALL"},"data":1,"data":2}""",
        ["a service nickname that is a number"] = """{"type":"SERVICE_CREATE","service":"s","nickname":5}""",
        ["arrays 100 deep"] = $$"""{"type":"MESSAGE","target":{"type":"ALL"},"data":{{Deep("[", "]", 100)}}}""",
        ["objects 100 deep"] = $$"""{"type":"MESSAGE","target":{"type":"ALL"},"data":{{Deep("{\"a\":", "}", 100, "1")}}}""",
        ["an unknown field 100 deep"] = $$"""{"type":"SELF_FETCH","x":{{Deep("[", "]", 100)}}}""",
        ["arrays 100,000 deep, never closed"] = $$"""{"type":"SELF_FETCH","x":{{new string('[', 100_000)}}""",
        ["a number of a million digits"] = $$"""{"type":"SELF_SET_SEQ","seq":{{MillionDigits}}}""",
        ["a uuid of a million digits"] = $$"""{"type":"CLIENT_FETCH","uuid":"{{MillionDigits}}"}""",
        ["a service of a million digits"] = $$"""{"type":"SERVICE_FETCH","service":"{{MillionDigits}}"}""",
    };

    public static TheoryData<string> Kinds => new(Bad.Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task WhatIsNoPayload_IsAnErrorOfTheProtocol_AndDisturbsNobody(string kind)
    {
        WireClient client = await Node.JoinAsync(), bystander = await Node.JoinAsync(presence: true);

        JsonElement answer = await client.AskAsync(Bad[kind]);

        answer.EnumerateObject().Select(field => field.Name).ShouldBe(["type", "seq", "desc"], ignoreOrder: true);
        answer.TypeOf().ShouldBe("ERROR_PROTOCOL");
        answer.GetProperty("seq").GetInt64().ShouldBe(0);
        // It says why, and doesn't send back all that it was sent.
        answer.GetProperty("desc").GetString()!.Length.ShouldBeInRange(10, 1000);
        await client.ShouldBeUndisturbedAsync();
        await bystander.ShouldBeUndisturbedAsync();
    }

    [Theory]
    [InlineData("""{"type":"NO_SUCH_TYPE"}""")]
    [InlineData("""{"type":""}""")]
    [InlineData("""{"type":"HELLO","uuid":1}""")]
    [InlineData("""{"type":"CLIENT_LEFT"}""")]
    [InlineData("""{"type":"self_fetch"}""")]
    public async Task UnknownType_IsUnsupported(string payload)
    {
        WireClient client = await Node.JoinAsync();

        await client.SendAsync(payload);

        await client.ExpectAsync("""{"type":"ERROR_UNSUPPORTED","seq":0}""");
        await client.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task NumberOfAMillionDigits_InData_IsPassedOn()
    {
        WireClient client = await Node.JoinAsync(), receiver = await Node.JoinAsync();

        await client.SendAsync(Payloads.Message(Payloads.ToUuid(receiver.Uuid), MillionDigits));

        await client.ExpectAsync(Payloads.Ok(0));
        (await receiver.ReceiveTextAsync()).ShouldContain($"\"data\":{MillionDigits}");
    }

    [Fact]
    public async Task NestingThatIsDeepButAllowed_IsPassedOn()
    {
        WireClient client = await Node.JoinAsync(), receiver = await Node.JoinAsync();
        string data = Deep("[", "]", 60);

        await client.SendAsync(Payloads.Message(Payloads.ToUuid(receiver.Uuid), data));

        await client.ExpectAsync(Payloads.Ok(0));
        (await receiver.ReceiveAsync()).GetProperty("data").GetRawText().ShouldBe(data);
    }

    private static string Deep(string open, string close, int levels, string innermost = "") =>
        string.Concat(Enumerable.Repeat(open, levels)) + innermost + string.Concat(Enumerable.Repeat(close, levels));
}
