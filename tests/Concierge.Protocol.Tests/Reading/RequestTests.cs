namespace Concierge.Protocol.Tests.Reading;

public sealed class RequestTests
{
    public static TheoryData<string> ServiceRequests =>
        ["SELF_SUBSCRIBE", "SELF_UNSUBSCRIBE", "SERVICE_CREATE", "SERVICE_DELETE", "SERVICE_FETCH"];

    [Theory]
    [MemberData(nameof(ServiceRequests))]
    public void ServiceOfABadName_IsRefusedInEveryRequest(string type)
    {
        string[] names = ["5", "null", "\"\"", "\"a b\"", "\"a\\u0000\"", $"\"{new string('s', 129)}\""];
        foreach (var name in names)
        {
            var error = Wire.RefuseClient($$"""{"type":"{{type}}","service":{{name}}}""");

            error.Type.ShouldBe(type);
            error.Description.ShouldStartWith("field 'service' is ");
            error.Description.ShouldEndWith("; a name of 1 to 128 letters, digits or any of _ - . / : was expected");
        }
    }

    [Fact]
    public void ServiceCreate_NeedsNoNickname()
    {
        Wire.ReadClient("""{"type":"SERVICE_CREATE","service":"chat"}""").ShouldBe(new ClientPayload.ServiceCreate("chat", null));
        Wire.ReadClient("""{"type":"SERVICE_CREATE","service":"chat","nickname":""}""")
            .ShouldBe(new ClientPayload.ServiceCreate("chat", null));
        Wire.ReadClient("""{"type":"SERVICE_CREATE","service":"chat","nickname":"C"}""")
            .ShouldBe(new ClientPayload.ServiceCreate("chat", "C"));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void SelfSetSeq_TakesEveryNumberOfTheCounter(string seq, long expected) =>
        Wire.ReadClient($$"""{"type":"SELF_SET_SEQ","seq":{{seq}}}""").ShouldBe(new ClientPayload.SelfSetSeq(expected));

    [Theory]
    [InlineData("-1")]
    [InlineData("9223372036854775808")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    [InlineData("[]")]
    public void SelfSetSeq_TakesNothingElse(string seq) =>
        Wire.RefuseClient($$"""{"type":"SELF_SET_SEQ","seq":{{seq}}}""").ShouldBe(new ReadError(
            ReadErrorKind.BadField, "SELF_SET_SEQ", $"field 'seq' is {seq}; an integer from 0 to 9223372036854775807 was expected"));

    [Fact]
    public void NumberOfAMillionDigits_IsShownShortened() =>
        Wire.RefuseClient($$"""{"type":"SELF_SET_SEQ","seq":{{new string('9', 1_000_000)}}}""").Description
            .ShouldBe($"field 'seq' is {new string('9', 64)}…; an integer from 0 to 9223372036854775807 was expected");
}
