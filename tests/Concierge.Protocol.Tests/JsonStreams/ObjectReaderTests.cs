using System.Text;
using Concierge.Protocol.JsonStreams;
using Concierge.Protocol.WebSockets;

namespace Concierge.Protocol.Tests.JsonStreams;

public class ObjectReaderTests
{
    private const string Stream = """ {"a":{}}{"b":"}{\"\\"}  garbage ] } {"c":[{"d":"ü😀"}]}{}""";

    private static readonly string[] Objects = ["""{"a":{}}""", """{"b":"}{\"\\"}""", """{"c":[{"d":"ü😀"}]}""", "{}"];

    [Fact]
    public void ObjectsWithoutSeparators_AreToldApart() => Read(new ObjectReader(100), Encoding.UTF8.GetBytes(Stream)).ShouldBe(Objects);

    [Fact]
    public void HoweverTheStreamIsSplit_TheObjectsAreTheSame()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Stream);
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
                Read(new ObjectReader(100), bytes[..first], bytes[first..second], bytes[second..]).ShouldBe(Objects, $"{first}, {second}");
        }
        Read(new ObjectReader(100), [.. bytes.Select(it => (byte[])[it])]).ShouldBe(Objects);
    }

    [Fact]
    public void WhatIsNotUtf8_IsNoText_AndCostsNoOther()
    {
        List<InboundMessage> messages = [];
        new ObjectReader(100).Read((byte[])[.. "{\"a\":\""u8, 0xE9, .. "\"}{}"u8], messages);
        messages.Select(message => message.Kind).ShouldBe([MessageKind.Binary, MessageKind.Text]);
    }

    [Theory]
    [InlineData("{\"123456\"", "7}")]
    [InlineData("{\"1234567890", "")]
    [InlineData("", "{\"123456789\"}")]
    [InlineData("{}{{{{{{{{{{{", "{}")]
    public void AnObjectOverTheLimit_IsAViolation_AndTheEnd(string before, string behind)
    {
        var reader = new ObjectReader(10);
        List<InboundMessage> messages = [];
        foreach (string part in (string[])[before, behind, "}}}{}"]) reader.Read(Encoding.UTF8.GetBytes(part), messages);

        messages[^1].Kind.ShouldBe(MessageKind.Violation);
        messages[^1].Code.ShouldBe(CloseCode.TooBig);
        messages.Count.ShouldBe(before.StartsWith("{}", StringComparison.Ordinal) ? 2 : 1);
    }

    [Fact]
    public void AnObjectOfTheLimit_Passes() => Read(new ObjectReader(10), "{\"1234"u8.ToArray(), "56\"}"u8.ToArray()).ShouldBe(["{\"123456\"}"]);

    private static string[] Read(ObjectReader reader, params byte[][] chunks)
    {
        List<InboundMessage> messages = [];
        foreach (byte[] chunk in chunks) reader.Read(chunk, messages);
        messages.ShouldAllBe(message => message.Kind == MessageKind.Text);
        return [.. messages.Select(message => Encoding.UTF8.GetString(message.Payload.Span))];
    }
}
