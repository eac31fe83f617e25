namespace Concierge.Protocol.Tests.Reading;

public sealed class AnswerTests
{
    private static readonly Guid Uuid = new("5f2b9a2e-3c5d-4a77-9a3e-0d9a4f6b8c01");

    [Fact]
    public void HelloOfAnOlderServer_HasNoFileKey() =>
        Wire.ReadServer($$"""{"type":"HELLO","uuid":"{{Uuid}}","version":"0.1.0"}""")
            .ShouldBe(new ServerPayload.Hello(Uuid, "0.1.0", null));

    [Fact]
    public void WhatOlderServersLeaveOut_IsEmpty() =>
        Wire.ReadServer($$"""
            {"type":"SERVICE_FETCH_RESULT","seq":3,"service":{"name":"chat","owner_uuid":"{{Uuid}}","since":2020} }
            """).ShouldBe(new ServerPayload.ServiceFetchResult(new ServiceInfo("chat", null, Uuid, [])) { Seq = 3 });

    [Fact]
    public void SeqOfNull_IsNone() => Wire.ReadServer("""{"type":"OK","seq":null}""").ShouldBe(new ServerPayload.Ok());

    [Fact]
    public void TypesOfAClient_AreUnknownFromTheServer() =>
        Wire.RefuseServer("""{"type":"IDENTIFY"}""").Kind.ShouldBe(ReadErrorKind.UnknownType);

    [Theory]
    [InlineData("""{"type":"OK","seq":-1}""", "field 'seq' is -1; an integer from 0 to 9223372036854775807 was expected")]
    [InlineData("""{"type":"CLIENT_LEFT","client":{"name":"bob"}}""",
        "field 'client.uuid' is missing; a uuid in its hyphenated form was expected")]
    [InlineData("""{"type":"ROOM_CLIENT_LEFT","client":{"name":"bob","uuid":"5f2b9a2e-3c5d-4a77-9a3e-0d9a4f6b8c01"},"room":"lobby"}""",
        "field 'room' is \"lobby\"; an object was expected")]
    [InlineData("""{"type":"ROOM_FETCH_ALL_RESULT","rooms":[{"name":"lobby","members":[1]}]}""",
        "field 'rooms[0].members[0]' is 1; a uuid in its hyphenated form was expected")]
    [InlineData("""{"type":"CLIENT_FETCH_ALL_RESULT","clients":[7]}""", "field 'clients[0]' is 7; an object was expected")]
    [InlineData("""{"type":"CLIENT_FETCH_ALL_RESULT","clients":[{"name":[]}]}""", "field 'clients[0].name' is []; a string was expected")]
    [InlineData("""{"type":"MESSAGE","origin":{"name":"bob","uuid":1}}""",
        "field 'origin.uuid' is 1; a uuid in its hyphenated form was expected")]
    public void BadField_IsNamedByItsPath(string frame, string description) => Wire.RefuseServer(frame).Description.ShouldBe(description);

    [Fact]
    public void BadSubscriber_IsNamedByItsPlace() =>
        Wire.RefuseServer($$"""
            {"type":"SERVICE_FETCH_ALL_RESULT","services":[{"name":"a","owner_uuid":"{{Uuid}}","subscribers":["{{Uuid}}","b"]}]}
            """).Description.ShouldBe("field 'services[0].subscribers[1]' is \"b\"; a uuid in its hyphenated form was expected");

    [Fact]
    public void FileKey_IsNeverShown()
    {
        Wire.RefuseServer($$"""{"type":"HELLO","uuid":"{{Uuid}}","version":"0.2.0","file_key":["hush"]}""").Description
            .ShouldNotContain("hush");
        new ServerPayload.Hello(Uuid, "0.2.0", "hush").ToString().ShouldNotContain("hush");
    }
}
