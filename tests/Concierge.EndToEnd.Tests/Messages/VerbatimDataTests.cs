using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Messages;

/// <summary>A message's data is passed on byte for byte: nothing parses it into something else on the way.</summary>
public class VerbatimDataTests(SharedNode shared) : SharedNodeTests(shared)
{
    public static TheoryData<string> Values => new(
        "null", "true", "0", "-0", "1E400", "1.0", "1.50", "-1.7976931348623157e+309", "123456789012345678901234567890.000",
        "\"\"", "\"plain\"", "\"caf\u00E9 \U0001F600\"",
        """ "\u0063af\u00e9 \/ \" \\ \b\f\n\r\t \ud83d\ude00" """, """ "half a pair: \ud83d" """, """ "\u0000" """, "\"\u007F\u2028\u2029<script>&'+\"",
        "{}", "[]", "[ 1 ,\t2,\n 3\r\n]", """{ "a" :1,"a": 2 , "a":{"a":3} }""", """{"type":"IDENTIFY","seq":1,"data":{"data":[]}}""",
        """{"b":1,"a":2,"":3}""");

    [Theory]
    [MemberData(nameof(Values))]
    public async Task AnyValue_ArrivesAsItWasSent(string value)
    {
        WireClient sender = await Node.JoinAsync(), receiver = await Node.JoinAsync();

        await sender.SendAsync(Payloads.Message(Payloads.ToUuid(receiver.Uuid), value));

        (await receiver.ReceiveAsync()).GetProperty("data").GetRawText().ShouldBe(value.Trim());
        await sender.ExpectAsync(Payloads.Ok(0));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task AnyValue_IsBroadcastAsItWasSent(string value)
    {
        WireClient owner = await Node.JoinAsync(), one = await Node.JoinAsync(), two = await Node.JoinAsync();
        string service = Unique("service");
        await owner.CreateServiceAsync(service);
        await one.SubscribeAsync(service);
        await two.SubscribeAsync(service);

        await owner.SendAsync(Payloads.Message(Payloads.ToService(service), value));

        string received = await one.ReceiveTextAsync();
        Json.Parse(received).GetProperty("data").GetRawText().ShouldBe(value.Trim());
        (await two.ReceiveTextAsync()).ShouldBe(received);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public async Task ValueOfAnyLength_ArrivesWhole(int length)
    {
        WireClient sender = await Node.JoinAsync(), receiver = await Node.JoinAsync();
        string value = $"\"{string.Concat(Enumerable.Range(0, length / 10 + 1).Select(i => $"{i,10}"))[..(length - 2)]}\"";

        await sender.SendAsync(Payloads.Message(Payloads.ToUuid(receiver.Uuid), value));

        (await receiver.ReceiveAsync()).GetProperty("data").GetRawText().ShouldBe(value);
        await sender.ExpectAsync(Payloads.Ok(0));
    }
}
