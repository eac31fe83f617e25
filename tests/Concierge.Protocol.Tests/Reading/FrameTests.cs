namespace Concierge.Protocol.Tests.Reading;

public sealed class FrameTests
{
    [Theory]
    [InlineData("", "the frame is empty; a JSON object was expected")]
    [InlineData(" \n", "the frame is empty; a JSON object was expected")]
    [InlineData("nul", "the frame is nul; a JSON object was expected")]
    [InlineData("[1]", "the frame is [1]; a JSON object was expected")]
    [InlineData("\uFEFF{}", "the frame starts with a byte order mark; a JSON object was expected")]
    [InlineData("{}", "field 'type' is missing; a string was expected")]
    [InlineData("""{"type":null}""", "field 'type' is null; a string was expected")]
    [InlineData("""{"type":7}""", "field 'type' is 7; a string was expected")]
    [InlineData("""{"type":"\ud800"}""", """field 'type' is "\ud800", which has half of a surrogate pair; a string was expected""")]
    [InlineData("""{"type":"SELF_FETCH","type":"SELF_FETCH"}""", "field 'type' is given twice")]
    public void FrameWithoutAType_IsNoPayload(string frame, string description) =>
        Wire.RefuseClient(frame).ShouldBe(new ReadError(ReadErrorKind.NotAPayload, null, description));

    [Theory]
    [InlineData("""{"type":"SELF_FETCH" """)]
    [InlineData("""{"type":"SELF_FETCH",}""")]
    [InlineData("""{"type":"SELF_FETCH"} {}""")]
    [InlineData("""{"type":"SELF_FETCH"}x""")]
    [InlineData("""{"type":"SELF_FETCH"/* */}""")]
    [InlineData("""{"type":"SELF_FETCH","x":01}""")]
    [InlineData("""{"type":"SELF_FETCH","x":"\x"}""")]
    [InlineData("{\"type\":\"SELF_FETCH\",\"x\":\"\n\"}")]
    [InlineData("{'type':'SELF_FETCH'}")]
    public void BrokenJson_IsNoPayload(string frame)
    {
        var error = Wire.RefuseClient(frame);

        error.Kind.ShouldBe(ReadErrorKind.NotAPayload);
        error.Description.ShouldStartWith("the frame is not JSON: ");
    }

    [Fact]
    public void InvalidUtf8_IsNoPayload()
    {
        var frame = Wire.Bytes("""{"type":"SELF_FETCH","x":"?"}""");
        frame[^3] = 0xC0;

        Wire.RefuseClient(frame).ShouldBe(new ReadError(ReadErrorKind.NotAPayload, null, "the frame is not valid UTF-8"));
    }

    [Fact]
    public void LongBadLiteral_IsNotRepeatedWhole() =>
        Wire.RefuseClient($$"""{"type":"SELF_FETCH","x":t{{new string('x', 100_000)}}}""").Description.Length.ShouldBeLessThan(300);

    [Theory]
    [InlineData(Limits.Depth - 1, true)]
    [InlineData(Limits.Depth, false)]
    [InlineData(100, false)]
    [InlineData(100_000, false)]
    public void Nesting_IsBounded(int arrays, bool isRead)
    {
        var frame = Wire.Bytes(
            $$"""{"type":"MESSAGE","target":{"type":"ALL"},"data":{{new string('[', arrays)}}{{new string(']', arrays)}}}""");

        ClientPayloadReader.TryRead(frame, out _, out var error).ShouldBe(isRead);
        (error?.Description.Contains("maximum configured depth of 64") ?? true).ShouldBeTrue();
    }

    [Fact]
    public void UnknownType_IsTold()
    {
        var error = Wire.RefuseClient("""{"type":"ROOM_DANCE","room":"x"}""");

        error.Kind.ShouldBe(ReadErrorKind.UnknownType);
        error.Type.ShouldBe("ROOM_DANCE");
        error.Description.ShouldStartWith("field 'type' is \"ROOM_DANCE\"; one of MESSAGE, ");
    }

    [Fact]
    public void LongUnknownType_IsShortened()
    {
        var error = Wire.RefuseClient($$"""{"type":"{{new string('é', 100_000)}}"}""");

        error.Type.ShouldBe(new string('é', 32) + "…");
        error.Description.Length.ShouldBeLessThan(400);
    }

    [Fact]
    public void TypesOfTheServer_AreUnknownFromAClient() =>
        Wire.RefuseClient("""{"type":"OK"}""").Kind.ShouldBe(ReadErrorKind.UnknownType);

    [Fact]
    public void Fields_MayComeInAnyOrderAndEscaped() =>
        Wire.ReadClient("""
            { "servi\u0063e" : "ch\u0061t" , "\u0074ype" : "\u0053ELF_SUBSCRIBE" }
            """).ShouldBe(new ClientPayload.SelfSubscribe("chat"));

    [Fact]
    public void UnknownFields_AreIgnoredEvenRepeated() =>
        Wire.ReadClient("""{"x":{"type":1},"type":"SELF_FETCH","x":[2],"name":1,"name":2,"element":3}""")
            .ShouldBe(new ClientPayload.SelfFetch());

    [Theory]
    [InlineData("""{"type":"SELF_SUBSCRIBE","service":"a","service":"a"}""", "field 'service' is given twice")]
    [InlineData("""{"type":"SELF_SUBSCRIBE","service":"a","s\u0065rvice":"a"}""", "field 'service' is given twice")]
    [InlineData("""{"type":"SERVICE_CREATE","service":"a","nickname":null,"nickname":"b"}""", "field 'nickname' is given twice")]
    [InlineData("""{"type":"SELF_SUBSCRIBE","service":"a","\ud800":1,"\udc00":2}""",
        "field '\"\\ud800\"' has a name with half of a surrogate pair")]
    public void FieldThatIsAmbiguous_IsRefused(string frame, string description) =>
        Wire.RefuseClient(frame).Description.ShouldBe(description);
}
