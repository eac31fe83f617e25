namespace Concierge.Protocol.Tests.Reading;

public sealed class MessageTests
{
    private static readonly Guid Uuid = new("5f2b9a2e-3c5d-4a77-9a3e-0d9a4f6b8c01");

    [Fact]
    public void EveryTarget_IsRead()
    {
        TargetOf("""{"type":"NAME","name":"bob"}""").ShouldBe(new Target.ToName("bob"));
        TargetOf("""{"type":"UUID","uuid":"5F2B9A2E-3C5D-4a77-9a3e-0d9a4f6b8c01"}""").ShouldBe(new Target.ToUuid(Uuid));
        TargetOf("""{"type":"SERVICE","service":"a.b/c:d-e_f"}""").ShouldBe(new Target.ToService("a.b/c:d-e_f"));
        TargetOf($$"""{"type":"SERVICE_CLIENT_UUID","service":"chat","uuid":"{{Uuid}}"}""")
            .ShouldBe(new Target.ToServiceClient("chat", Uuid));
        TargetOf("""{"type":"ALL"}""").ShouldBe(Target.Everyone);
    }

    [Fact]
    public void TypeOfATarget_MayComeLast() => TargetOf("""{"name":"bob","x":[],"type":"NAME"}""").ShouldBe(new Target.ToName("bob"));

    [Fact]
    public void NameThatNobodyCanHave_IsLeftToBeNobodys() =>
        TargetOf("""{"type":"NAME","name":"no body"}""").ShouldBe(new Target.ToName("no body"));

    [Theory]
    [InlineData("5", "field 'target' is 5; an object was expected")]
    [InlineData("null", "field 'target' is null; an object was expected")]
    [InlineData("{}", "field 'target.type' is missing; one of SERVICE, NAME, UUID, SERVICE_CLIENT_UUID, ROOM, ALL was expected")]
    [InlineData("""{"type":"ROOM","room":"a b"}""",
        "field 'target.room' is \"a b\"; a name of 1 to 128 letters, digits or any of _ - . / : was expected")]
    [InlineData("""{"type":"PLACE"}""",
        "field 'target.type' is \"PLACE\"; one of SERVICE, NAME, UUID, SERVICE_CLIENT_UUID, ROOM, ALL was expected")]
    [InlineData("""{"type":"NAME"}""", "field 'target.name' is missing; a string of at most 128 characters was expected")]
    [InlineData("""{"type":"UUID","uuid":7}""", "field 'target.uuid' is 7; a uuid in its hyphenated form was expected")]
    [InlineData("""{"type":"UUID","uuid":"bob"}""", "field 'target.uuid' is \"bob\"; a uuid in its hyphenated form was expected")]
    [InlineData("""{"type":"SERVICE","service":""}""",
        "field 'target.service' is \"\"; a name of 1 to 128 letters, digits or any of _ - . / : was expected")]
    [InlineData("""{"type":"SERVICE","service":"a","service":"b"}""", "field 'target.service' is given twice")]
    [InlineData("""{"type":"ALL","\ud800":1}""", "field 'target.\"\\ud800\"' has a name with half of a surrogate pair")]
    public void BadTarget_IsNamedByItsPath(string target, string description) =>
        Wire.RefuseClient($$"""{"type":"MESSAGE","target":{{target}},"data":1}""")
            .ShouldBe(new ReadError(ReadErrorKind.BadField, "MESSAGE", description));

    [Theory]
    [InlineData("5f2b9a2e3c5d4a779a3e0d9a4f6b8c01")]
    [InlineData("{5f2b9a2e-3c5d-4a77-9a3e-0d9a4f6b8c01}")]
    [InlineData(" 5f2b9a2e-3c5d-4a77-9a3e-0d9a4f6b8c01")]
    [InlineData("5f2b9a2e-3c5d-4a77-9a3e-0d9a4f6b8c01 ")]
    [InlineData("5f2b9a2e-3c5d-4a77-9a3e-0d9a4f6b8c0g")]
    public void UuidInAnotherForm_IsNone(string uuid) =>
        Wire.RefuseClient($$"""{"type":"CLIENT_FETCH","uuid":"{{uuid}}"}""").Kind.ShouldBe(ReadErrorKind.BadField);

    [Fact]
    public void UuidWithEscapes_IsRead() =>
        Wire.ReadClient("""{"type":"CLIENT_FETCH","uuid":"\u0035f2b9a2e-3c5d-4a77-9a3e-0d9a4f6b8c01"}""")
            .ShouldBe(new ClientPayload.ClientFetch(Uuid));

    [Fact]
    public void NameOverItsLimit_IsRefused() =>
        Wire.RefuseClient($$"""{"type":"MESSAGE","target":{"type":"NAME","name":"{{new string('n', 129)}}"},"data":1}""").Kind
            .ShouldBe(ReadErrorKind.BadField);

    [Fact]
    public void DataThatIsMissing_IsRefused_ButNullIsData()
    {
        Wire.RefuseClient("""{"type":"MESSAGE","target":{"type":"ALL"}}""").Description
            .ShouldBe("field 'data' is missing; any JSON value was expected");
        Wire.ReadClient("""{"type":"MESSAGE","target":{"type":"ALL"},"data":null}""")
            .ShouldBe(new ClientPayload.Message(Target.Everyone, RawJson.Null));
    }

    [Fact]
    public void DataGivenTwice_IsRefused() =>
        Wire.RefuseClient("""{"type":"MESSAGE","target":{"type":"ALL"},"data":1,"data":2}""").Description
            .ShouldBe("field 'data' is given twice");

    [Fact]
    public void OriginFromAClient_IsIgnored() =>
        Wire.ReadClient("""{"type":"MESSAGE","origin":{"name":"eve"},"origin":1,"target":{"type":"ALL"},"data":1}""")
            .ShouldBe(new ClientPayload.Message(Target.Everyone, RawJson.From("1")));

    private static Target TargetOf(string target) =>
        Wire.ReadClient($$"""{"type":"MESSAGE","target":{{target}},"data":1}""").ShouldBeOfType<ClientPayload.Message>().Target;
}
