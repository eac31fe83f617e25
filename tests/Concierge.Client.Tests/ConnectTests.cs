using Concierge.Protocol;

namespace Concierge.Client.Tests;

public sealed class ConnectTests
{
    private readonly FakeConcierge _concierge = new();

    [Fact]
    public async Task Connect_SaysWhoTheClientIs()
    {
        var connecting = _concierge.BeginConnectAsync(new ConciergeClientOptions
        {
            Name = "alice",
            Nickname = "Alice",
            Secret = "s",
            Tags = ["service", "chat"],
            Presence = false,
            TimeProvider = _concierge.Clock,
        });
        var connection = await _concierge.AcceptAsync();

        var identify = await connection.WelcomeAsync();

        identify.ShouldBe(new ClientPayload.Identify("alice", "Alice", ProtocolVersion.Current, "s", ["service", "chat"], Presence: false));
        await using var client = await connecting.InTime();
    }

    [Fact]
    public async Task Connect_WhenWelcomed_KnowsItselfAndTheServer()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;

        client.Uuid.ShouldBe(connection.Uuid);
        client.Name.ShouldBe("alice");
        client.ServerVersion.ShouldBe("0.2.0");
        client.State.ShouldBe(ConnectionState.Connected);
    }

    [Theory]
    [InlineData(CloseCode.DuplicateAuth, "'alice' is taken")]
    [InlineData(CloseCode.BadSecret, "secret")]
    [InlineData(CloseCode.BadVersion, ProtocolVersion.Current)]
    [InlineData(CloseCode.BadAuth, "'alice' is no name")]
    public async Task Connect_WhenRefused_ThrowsAtOnceAndSaysWhy(CloseCode code, string explanation)
    {
        var connecting = _concierge.BeginConnectAsync();
        var connection = await _concierge.AcceptAsync();

        connection.Close(code);

        var refusal = await Should.ThrowAsync<ConciergeClosedException>(connecting.InTime());
        refusal.Code.ShouldBe(code);
        refusal.Message.ShouldContain(explanation);
    }

    [Theory]
    [InlineData("""{"type":"OK"}""")]
    [InlineData("SSH-2.0-OpenSSH_9.2")]
    public async Task Connect_ToWhatIsNoConcierge_Throws(string firstFrame)
    {
        var connecting = _concierge.BeginConnectAsync();
        var connection = await _concierge.AcceptAsync();

        connection.Say(firstFrame);

        (await Should.ThrowAsync<ConciergeClosedException>(connecting.InTime())).Message.ShouldContain("HELLO");
    }

    [Fact]
    public async Task Connect_WithoutAWelcomeInTime_Throws()
    {
        var connecting = _concierge.BeginConnectAsync();
        var connection = await _concierge.AcceptAsync();
        await connection.ReadAsync<ClientPayload.Identify>();

        _concierge.Clock.Advance(_concierge.Options.RequestTimeout);

        await Should.ThrowAsync<TimeoutException>(connecting.InTime());
    }

    [Fact]
    public async Task Connect_WhenCancelled_GivesUp()
    {
        using var cancellation = new CancellationTokenSource();
        var connecting = _concierge.BeginConnectAsync(cancellationToken: cancellation.Token);
        await _concierge.AcceptAsync();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(connecting.InTime());
    }

    [Fact]
    public async Task Connect_WithHandlersAttached_MissesNothing()
    {
        var joined = new Recording<ClientInfo>();
        var bob = new ClientInfo("bob", null, Guid.NewGuid(), []);
        var connecting = _concierge.BeginConnectAsync(attach: client => client.ClientJoined += joined.Handle);
        var connection = await _concierge.AcceptAsync();

        await connection.WelcomeAsync();
        connection.Say(new ServerPayload.ClientJoined(bob));

        await using var client = await connecting.InTime();
        (await joined.NextAsync()).ShouldBe(bob);
    }

    [Theory]
    [InlineData("http://127.0.0.1:64209/ws")]
    [InlineData("/ws")]
    public async Task Connect_ToAnAddressOfAnotherKind_Throws(string address)
    {
        var options = new ConciergeClientOptions { Name = "alice", Uri = new Uri(address, UriKind.RelativeOrAbsolute) };

        await Should.ThrowAsync<ArgumentException>(ConciergeClient.ConnectAsync(options));
    }
}
