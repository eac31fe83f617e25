using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Identification;

/// <summary>Each way to be refused, and its close code; the witness, who is connected all the while, notices nothing.</summary>
public sealed class RefusedIdentificationTests(SharedNode shared) : SharedNodeTests(shared)
{
    private const int FatalDecode = 4002, NoAuth = 4003, DuplicateAuth = 4005, BadVersion = 4007, BadAuth = 4008;

    public static TheoryData<string> FirstFramesThatAreNoPayload => new(
        "", "   ", "hello", "null", "42", "\"IDENTIFY\"", "[]", "{}", "{", """{"type":"IDENTIFY",}""", """{"type":null}""", """{"type":5}""",
        """{"type":["IDENTIFY"]}""", """{"name":"no_type","version":"0.2.0"}""", """{"type":"IDENTIFY","name":"two","version":"0.2.0"} {}""",
        $$"""{"type":"IDENTIFY","name":"deep","version":"0.2.0","x":{{new string('[', 100)}}{{new string(']', 100)}}}""");

    public static TheoryData<string> IdentifiesWithAFaultyField => new(
        """{"type":"IDENTIFY"}""",
        """{"type":"IDENTIFY","name":"n"}""",
        """{"type":"IDENTIFY","version":"0.2.0"}""",
        """{"type":"IDENTIFY","name":null,"version":"0.2.0"}""",
        """{"type":"IDENTIFY","name":7,"version":"0.2.0"}""",
        """{"type":"IDENTIFY","name":["n"],"version":"0.2.0"}""",
        """{"type":"IDENTIFY","name":"n","version":0.2}""",
        """{"type":"IDENTIFY","name":"n","version":null}""",
        """{"type":"IDENTIFY","name":"n","version":"0.2.0","nickname":5}""",
        """{"type":"IDENTIFY","name":"n","version":"0.2.0","secret":{}}""",
        """{"type":"IDENTIFY","name":"n","version":"0.2.0","tags":"chat"}""",
        """{"type":"IDENTIFY","name":"n","version":"0.2.0","tags":["chat",1]}""",
        """{"type":"IDENTIFY","name":"n","version":"0.2.0","presence":"yes"}""",
        """{"type":"IDENTIFY","name":"n","name":"n","version":"0.2.0"}""",
        Payloads.Identify("n", nickname: new string('x', 129)),
        Payloads.Identify("n", tags: [.. Enumerable.Repeat("t", 33)]),
        Payloads.Identify("n", tags: [new string('t', 65)]));

    [Theory]
    [MemberData(nameof(FirstFramesThatAreNoPayload))]
    public Task NoObjectWithAType_ClosesWithFatalDecode(string frame) => ExpectRefusal(frame, FatalDecode);

    [Theory]
    [MemberData(nameof(IdentifiesWithAFaultyField))]
    public Task FaultyField_ClosesWithFatalDecode(string frame) => ExpectRefusal(frame, FatalDecode);

    [Theory]
    [InlineData("""{"type":"SELF_FETCH"}""")]
    [InlineData("""{"type":"SERVICE_CREATE","service":"early"}""")]
    [InlineData("""{"type":"MESSAGE","target":{"type":"ALL"},"data":"early"}""")]
    [InlineData("""{"type":"NO_SUCH_TYPE"}""")]
    [InlineData("""{"type":"identify","name":"small","version":"0.2.0"}""")]
    public Task AnotherPayloadFirst_ClosesWithNoAuth(string frame) => ExpectRefusal(frame, NoAuth);

    [Fact]
    public async Task BinaryFrameFirst_ClosesWithNoAuth()
    {
        WireClient client = await Node.ConnectAsync();

        await client.SendAsync(Opcode.Binary, Payloads.Identify(Unique("binary")).Utf8());

        (await client.ReceiveCloseAsync()).ShouldBe(NoAuth);
    }

    [Theory]
    [InlineData("0.1.9")]
    [InlineData("0.3.0")]
    [InlineData("1.2.0")]
    [InlineData("0.2")]
    [InlineData("0.2.0.0")]
    [InlineData("v0.2.0")]
    [InlineData("0.2.0-beta")]
    [InlineData("0.2.5-rc.1")]
    [InlineData("0.2.x")]
    [InlineData("latest")]
    [InlineData("")]
    public Task VersionOutOfRangeOrNone_ClosesWithBadVersion(string version) =>
        ExpectRefusal(Payloads.Identify(Unique("old"), version: version), BadVersion);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two words")]
    [InlineData("dash-ed")]
    [InlineData("dot.ted")]
    [InlineData("sla/sh")]
    [InlineData("../up")]
    [InlineData("nul\0")]
    [InlineData("😀")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public Task NameEmptyTooLongOrWithOtherCharacters_ClosesWithBadAuth(string name) => ExpectRefusal(Payloads.Identify(name), BadAuth);

    [Fact]
    public async Task NameThatIsTaken_ClosesWithDuplicateAuth_AndItsOwnerStays()
    {
        WireClient owner = await Node.JoinAsync();

        await ExpectRefusal(Payloads.Identify(owner.Name), DuplicateAuth);

        await owner.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task OfTwoWhoWantOneNameAtOnce_OneGetsIt()
    {
        string name = Unique("wanted");
        WireClient[] clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Node.ConnectAsync()));

        await Task.WhenAll(clients.Select(client => client.SendAsync(Payloads.Identify(name, presence: false))));

        List<string> outcomes = [];
        foreach (WireClient client in clients)
        {
            Frame frame = (await client.Socket.ReadFrameAsync()).ShouldNotBeNull();
            outcomes.Add(frame.Opcode == Opcode.Close ? frame.CloseCode.ToString(null as IFormatProvider) : Json.Parse(frame.Text).TypeOf());
        }

        outcomes.Count(it => it == "HELLO").ShouldBe(1);
        outcomes.Count(it => it == "4005").ShouldBe(7);
    }

    private async Task ExpectRefusal(string frame, int code)
    {
        WireClient client = await Node.ConnectAsync();

        await client.SendAsync(frame);

        (await client.ReceiveCloseAsync()).ShouldBe(code);
        client.Identity.ShouldBeNull();
        await client.Socket.ReadEndAsync();
    }
}
