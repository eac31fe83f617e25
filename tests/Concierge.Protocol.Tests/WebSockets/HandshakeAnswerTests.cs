using System.Buffers;
using System.Text;
using Concierge.Protocol.WebSockets;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Concierge.Protocol.Tests.WebSockets;

public class HandshakeAnswerTests
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    [Fact]
    public void Accept_TheKeyOfRfc6455Section1_3_GivesItsProof() => Encoding.ASCII.GetString(Handshake.Accept(Key, "chat")).ShouldBe(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n");

    [Fact]
    public void Accept_WithoutASubprotocol_NamesNone()
    {
        string response = Encoding.ASCII.GetString(Handshake.Accept(Key));
        response.ShouldEndWith("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
        response.ShouldNotContain("Protocol:");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nX: y")]
    public void Accept_ASubprotocolThatIsNoToken_Throws(string subprotocol) =>
        Should.Throw<ArgumentException>(() => Handshake.Accept(Key, subprotocol));

    [Fact]
    public void Accept_AKeyOfAnotherLength_Throws() => Should.Throw<ArgumentException>(() => Handshake.Accept("short"));

    [Fact]
    public void Refuse_IsACompleteResponse() =>
        Encoding.UTF8.GetString(Handshake.Refuse(503, "Service Unavailable", "Voll: später.", ("Retry-After", "5"))).ShouldBe(
            "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n" +
            "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 14\r\n\r\nVoll: später.");

    [Theory]
    [InlineData("a\r\nX: y", "v")]
    [InlineData("Name", "a\r\nX: y")]
    [InlineData("Name", "ü")]
    public void Refuse_AHeaderThatWouldBreakTheHead_Throws(string name, string value) =>
        Should.Throw<ArgumentException>(() => Handshake.Refuse(400, "Bad Request", "", (name, value)));

    [Theory]
    [InlineData(101)]
    [InlineData(200)]
    [InlineData(600)]
    public void Refuse_WithAStatusThatIsNoError_Throws(int status) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Handshake.Refuse(status, "X", ""));

    [Fact]
    public void Read_AnyHeadMadeOfTheRightPieces_NeverThrowsAndOnlyUpgradesWhatCanBeAccepted()
    {
        Gen<string> piece = Gen.Elements(
            "GET", " ", "/ws", "HTTP/1.1", "\r\n", "Host:", "Upgrade:", "websocket", "Connection:", "upgrade", ",", "\t", "?", "://", "\0", "\n", "\u00FF",
            $"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n",
            "Sec-WebSocket-Key:", Key, "Sec-WebSocket-Version:", "13", "Sec-WebSocket-Protocol:", "\r\n\r\n");
        int upgrades = 0;

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(6455, 13), FSharpOption<int>.None))),
            Prop.ForAll(piece.ArrayOf().Select(string.Concat).ToArbitrary(), text =>
            {
                var input = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text));
                if (Handshake.Read(input) is not Handshake.Upgrade upgrade) return true;
                upgrades++;
                return upgrade.Path.StartsWith('/') && Handshake.Accept(upgrade.Key).Length > 0 && input.GetOffset(upgrade.End) <= text.Length;
            }));
        upgrades.ShouldBeGreaterThan(0);
    }
}
