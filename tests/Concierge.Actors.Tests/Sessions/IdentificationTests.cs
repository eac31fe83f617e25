using System.Text;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Sessions;

public class IdentificationTests : ConciergeTest
{
    private const string Version = "0.2.0";

    public IdentificationTests()
        : base(new ConciergeSettings { Secret = "sesame" })
    {
    }

    [Fact]
    public async Task Identify_IsAnsweredWithHello()
    {
        TestClient ann = await Connect();
        var hello = await ann.Identify("ann", secret: "sesame");

        hello.Version.ShouldBe(ProtocolVersion.Current);
        hello.Uuid.Version.ShouldBe(4);
        hello.Seq.ShouldBeNull();
        View.TryFindOwner(hello.FileKey!, out var owner).ShouldBeTrue();
        owner!.Info.ShouldBe(ann.Info);
    }

    [Fact]
    public async Task Identify_GivesEveryClientAnotherUuidAndFileKey()
    {
        TestClient ann = await Connect(), bob = await Connect();
        var first = await ann.Identify("ann", secret: "sesame");
        var second = await bob.Identify("bob", secret: "sesame");

        second.Uuid.ShouldNotBe(first.Uuid);
        second.FileKey.ShouldNotBe(first.FileKey);
    }

    [Theory]
    [InlineData("not json", CloseCode.FatalDecode)]
    [InlineData("[]", CloseCode.FatalDecode)]
    [InlineData("""{"name":"ann"}""", CloseCode.FatalDecode)]
    [InlineData("""{"type":"IDENTIFY","name":"ann"}""", CloseCode.FatalDecode)]
    [InlineData("""{"type":"IDENTIFY","name":7,"version":"0.2.0"}""", CloseCode.FatalDecode)]
    [InlineData("""{"type":"SELF_FETCH"}""", CloseCode.NoAuth)]
    [InlineData("""{"type":"SELF_SUBSCRIBE"}""", CloseCode.NoAuth)]
    [InlineData("""{"type":"SING"}""", CloseCode.NoAuth)]
    [InlineData("""{"type":"IDENTIFY","name":"","version":"9.0.0"}""", CloseCode.BadVersion)]
    [InlineData("""{"type":"IDENTIFY","name":"","version":"tomorrow","secret":"sesame"}""", CloseCode.BadVersion)]
    [InlineData("""{"type":"IDENTIFY","name":"","version":"0.2.0"}""", CloseCode.BadSecret)]
    [InlineData("""{"type":"IDENTIFY","name":"","version":"0.2.0","secret":"Sesame"}""", CloseCode.BadSecret)]
    [InlineData("""{"type":"IDENTIFY","name":"taken","version":"0.2.0","secret":"sesame2"}""", CloseCode.BadSecret)]
    [InlineData("""{"type":"IDENTIFY","name":"","version":"0.2.0","secret":"sesame"}""", CloseCode.BadAuth)]
    [InlineData("""{"type":"IDENTIFY","name":"a b","version":"0.2.0","secret":"sesame"}""", CloseCode.BadAuth)]
    [InlineData("""{"type":"IDENTIFY","name":"taken","version":"0.2.0","secret":"sesame"}""", CloseCode.DuplicateAuth)]
    public async Task FirstFrame_ThatIsNotAccepted_ClosesWithTheFirstReasonThatApplies(string frame, CloseCode expected)
    {
        await (await Connect()).Identify("taken", secret: "sesame");
        TestClient client = await Connect();
        _ = client.Send(frame);

        (await client.Closed()).ShouldBe(expected);
        client.History.ShouldBeEmpty();
    }

    [Fact]
    public async Task FirstFrame_ThatIsBinary_ClosesWith4003()
    {
        TestClient client = await Connect();
        _ = client.Send(ClientFrames.Frame(Opcode.Binary, [1, 2, 3]));

        (await client.Closed()).ShouldBe(CloseCode.NoAuth);
    }

    [Fact]
    public async Task FirstFrame_ThatIsNotUtf8_ClosesWith1007()
    {
        TestClient client = await Connect();
        _ = client.Send(ClientFrames.Frame(Opcode.Text, [0xC3, 0x28]));

        (await client.Closed()).ShouldBe(CloseCode.InvalidUtf8);
    }

    [Fact]
    public async Task FirstFrame_OverTheSizeLimit_ClosesWith1009()
    {
        TestClient client = await Connect();
        _ = client.Send(ClientFrames.Frame(Opcode.Text, new byte[Limits.FrameSize + 1]));

        (await client.Closed()).ShouldBe(CloseCode.TooBig);
    }

    [Fact]
    public async Task Refusal_OfAName_LeavesItToItsHolder()
    {
        TestClient ann = await Connect(), impostor = await Connect();
        await ann.Identify("ann", secret: "sesame");
        _ = impostor.Send(new ClientPayload.Identify("ann", null, Version, "sesame", [], true));

        (await impostor.Closed()).ShouldBe(CloseCode.DuplicateAuth);
        await ann.HearsNothingElseFrom(ann);
        View.Clients.Count.ShouldBe(1);
    }

    [Fact]
    public async Task CloseReason_NeverNamesTheSecret()
    {
        TestClient client = await Connect();
        _ = client.Send(new ClientPayload.Identify("ann", null, Version, "sesame2", [], true));

        await client.Closed();
        Encoding.UTF8.GetString(client.Wire.Taken).ShouldNotContain("sesame");
    }

    [Fact]
    public async Task Frames_BehindIdentifyInTheSameRead_AreHandledAfterHello()
    {
        TestClient ann = await Connect();
        await ann.Send(
            new ClientPayload.Identify("ann", null, Version, "sesame", [], true),
            new ClientPayload.SelfFetch(),
            new ClientPayload.SelfFetch());

        (await ann.Identified("ann")).Uuid.ShouldBe(ann.Uuid);
        (await ann.Answered<ServerPayload.SelfFetchResult>(seq: 0)).Client.ShouldBe(ann.Info);
        await ann.Answered<ServerPayload.SelfFetchResult>(seq: 1);
        ann.History.First().ShouldBeOfType<ServerPayload.Hello>();
    }

    [Fact]
    public async Task Frames_BehindARefusedIdentify_AreNotLookedAt()
    {
        TestClient ann = await Connect();
        await ann.Send(
            new ClientPayload.Identify("ann", null, Version, "wrong", [], true),
            new ClientPayload.Identify("ann", null, Version, "sesame", [], true));

        (await ann.Closed()).ShouldBe(CloseCode.BadSecret);
        View.Clients.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Identify_ASecondTime_IsUnsupportedAndChangesNothing()
    {
        TestClient ann = await Connect();
        await ann.Identify("ann", secret: "sesame");
        _ = ann.Send(ClientFrames.Text(new ClientPayload.Identify("bob", null, Version, "sesame", [], true)));

        await ann.Answered<ServerPayload.ErrorUnsupported>(seq: 0);
        View.TryGetClient("bob", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Ping_BeforeIdentify_IsAnswered()
    {
        TestClient client = await Connect();
        _ = client.Send(ClientFrames.Frame(Opcode.Ping, "?"u8));

        (await client.HearControl()).ShouldBe(Opcode.Pong);
        client.IsClosed.ShouldBeFalse();
    }
}
