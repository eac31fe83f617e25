using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Connections;

/// <summary>From an HTTP request to a WebSocket, and which subprotocol it has (protocol, section "Transport").</summary>
public sealed class UpgradeTests(SharedNode shared) : SharedNodeTests(shared)
{
    [Theory]
    [InlineData("ert-concierge")]
    [InlineData("chat", "ert-concierge", "superchat")]
    public async Task SubprotocolThatIsOurs_IsEchoed(params string[] offered)
    {
        WireClient client = await Node.ConnectAsync(offered);

        client.Handshake["Sec-WebSocket-Protocol"].ShouldBe("ert-concierge");
        (await client.IdentifyAsync(Unique("client"), null, [], presence: false)).TypeOf().ShouldBe("HELLO");
    }

    [Theory]
    [InlineData]
    [InlineData("chat")]
    [InlineData("ERT-CONCIERGE")]
    [InlineData("ert-concierge2", "ert")]
    [InlineData("e", "r", "t", "-", "c", "o", "n", "c", "i", "e", "r", "g", "e")]
    public async Task NoneOrOtherSubprotocols_AreAccepted_AndNoneIsEchoed(params string[] offered)
    {
        WireClient client = await Node.ConnectAsync(offered);

        client.Handshake["Sec-WebSocket-Protocol"].ShouldBeNull();
        (await client.IdentifyAsync(Unique("client"), null, [], presence: false)).TypeOf().ShouldBe("HELLO");
    }

    [Fact]
    public async Task Handshake_IsAnsweredAsRfc6455Says()
    {
        WireClient client = await Node.ConnectAsync();

        // The key that the client sends is the one of the RFC's example (section 1.3), and so is the answer.
        client.Handshake["Sec-WebSocket-Accept"].ShouldBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        client.Handshake["Upgrade"].ShouldBe("websocket", StringCompareShould.IgnoreCase);
        client.Handshake["Connection"].ShouldBe("Upgrade", StringCompareShould.IgnoreCase);
        client.Handshake["Sec-WebSocket-Extensions"].ShouldBeNull();
    }

    [Fact]
    public async Task ConnectionThatHttpWasSpokenOnBefore_AsReverseProxiesKeepThem_CanBecomeAWebSocket()
    {
        await using WireSocket socket = await Node.DialAsync();
        await socket.SendRequestAsync("GET /healthz HTTP/1.1\r\nHost: concierge\r\n\r\n");
        (await socket.ReadResponseAsync()).Status.ShouldBe(200);

        await using var client = new WireClient(socket, await socket.UpgradeAsync(["ert-concierge"]));

        client.Handshake.Status.ShouldBe(101);
        client.Handshake["Sec-WebSocket-Accept"].ShouldBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        client.Handshake["Sec-WebSocket-Protocol"].ShouldBe("ert-concierge");
        string name = Unique("client");
        (await client.IdentifyAsync(name, null, [], presence: false)).TypeOf().ShouldBe("HELLO");
        string data = $"\"{new string('x', 200_000)}\"";
        await client.SendAsync($$"""{"type":"MESSAGE","target":{"type":"NAME","name":"{{name}}"},"data":{{data}}}""");
        (await client.ReceiveAsync()).GetProperty("data").GetRawText().ShouldBe(data);
        await client.ExpectAsync("""{"type":"OK","seq":0}""");
    }

    [Theory]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8", 426)]
    [InlineData("Sec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13", 400)]
    [InlineData("Sec-WebSocket-Version: 13", 400)]
    public async Task FaultyHandshake_IsRefused(string headers, int status)
    {
        await using WireSocket socket = await Node.DialAsync();

        await socket.SendRequestAsync($"GET /ws HTTP/1.1\r\nHost: concierge\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{headers}\r\n\r\n");

        (await socket.ReadResponseAsync()).Status.ShouldBe(status);
        await socket.ReadEndAsync();
    }

    [Fact]
    public async Task FramesRightBehindTheHandshake_InTheSameWrite_AreRead()
    {
        await using WireSocket socket = await Node.DialAsync();
        string request = "GET /ws HTTP/1.1\r\nHost: concierge\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

        await socket.SendAsync([.. request.Utf8(), .. Frame.Masked("""{"type":"SELF_FETCH"}""")]);

        (await socket.ReadResponseAsync()).Status.ShouldBe(101);
        (await socket.ReadFrameAsync()).ShouldNotBeNull().CloseCode.ShouldBe(4003);
    }
}
