namespace Concierge.Protocol.Tests.Reading;

public sealed class RequestTests
{
    public static TheoryData<string> ServiceRequests =>
        ["SELF_SUBSCRIBE", "SELF_UNSUBSCRIBE", "SERVICE_CREATE", "SERVICE_DELETE", "SERVICE_FETCH"];

    public static TheoryData<string> RoomRequests => ["ROOM_JOIN", "ROOM_LEAVE", "ROOM_FETCH"];

    [Theory]
    [MemberData(nameof(ServiceRequests))]
    public void ServiceOfABadName_IsRefusedInEveryRequest(string type) => RefusesBadNames(type, "service");

    [Theory]
    [MemberData(nameof(RoomRequests))]
    public void RoomOfABadName_IsRefusedInEveryRequest(string type) => RefusesBadNames(type, "room");

    [Fact]
    public void SelfSetNickname_TakesTextOrNull_AndEmptyIsNull()
    {
        Wire.ReadClient("""{"type":"SELF_SET_NICKNAME","nickname":"Ann 😀"}""").ShouldBe(new ClientPayload.SelfSetNickname("Ann 😀"));
        Wire.ReadClient("""{"type":"SELF_SET_NICKNAME","nickname":null}""").ShouldBe(new ClientPayload.SelfSetNickname(null));
        Wire.ReadClient("""{"type":"SELF_SET_NICKNAME","nickname":""}""").ShouldBe(new ClientPayload.SelfSetNickname(null));
        string longest = string.Concat(Enumerable.Repeat("😀", Limits.Nickname));
        Wire.ReadClient($$"""{"type":"SELF_SET_NICKNAME","nickname":"{{longest}}"}""").ShouldBe(new ClientPayload.SelfSetNickname(longest));
    }

    [Theory]
    [InlineData("", "is missing; a string of at most 128 characters or null was expected")]
    [InlineData(""","nickname":7""", "is 7; a string of at most 128 characters or null was expected")]
    [InlineData(""","nickname":null,"nickname":null""", "is given twice")]
    public void SelfSetNickname_TakesNothingElse(string field, string complaint) =>
        Wire.RefuseClient($$"""{"type":"SELF_SET_NICKNAME"{{field}}}""").ShouldBe(
            new ReadError(ReadErrorKind.BadField, "SELF_SET_NICKNAME", $"field 'nickname' {complaint}"));

    [Fact]
    public void SelfSetNickname_TooLong_IsRefused() =>
        Wire.RefuseClient($$"""{"type":"SELF_SET_NICKNAME","nickname":"{{new string('n', Limits.Nickname + 1)}}"}""").Description
            .ShouldEndWith("; a string of at most 128 characters or null was expected");

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

    private static void RefusesBadNames(string type, string field)
    {
        string[] names = ["5", "null", "\"\"", "\"a b\"", "\"a\\u0000\"", $"\"{new string('s', 129)}\""];
        foreach (var name in names)
        {
            var error = Wire.RefuseClient($$"""{"type":"{{type}}","{{field}}":{{name}}}""");

            error.Type.ShouldBe(type);
            error.Description.ShouldStartWith($"field '{field}' is ");
            error.Description.ShouldEndWith("; a name of 1 to 128 letters, digits or any of _ - . / : was expected");
        }
    }
}
