using System.Buffers;
using System.Text;
using Concierge.Protocol.WebSockets;

namespace Concierge.Protocol.Tests.WebSockets;

public class HandshakeTests
{
    // RFC 6455, section 1.3.
    private const string Sample =
        "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://example.com\r\n" +
        "Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Version: 13\r\n\r\n";

    [Fact]
    public void Read_TheRequestOfRfc6455Section1_3_IsAnUpgrade()
    {
        var upgrade = ReadUpgrade(Sample);
        upgrade.Path.ShouldBe("/chat");
        upgrade.Key.ShouldBe("dGhlIHNhbXBsZSBub25jZQ==");
        upgrade.Subprotocols.ShouldBe("chat, superchat");
        (upgrade.Host, upgrade.Origin).ShouldBe(("server.example.com", "http://example.com"));
    }

    [Fact]
    public void Read_WithoutAnOrigin_HasNone_AndSeveralAreNoPages()
    {
        ReadUpgrade(Sample.Replace("Origin: http://example.com\r\n", "")).Origin.ShouldBeNull();
        ReadUpgrade(Sample.Replace("Origin: http://example.com", "Origin: http://a\r\nORIGIN: http://b")).Origin.ShouldBe("http://a, http://b");
    }

    [Fact]
    public void Read_WithFramesBehindTheHead_EndsWhereTheyBegin()
    {
        ReadOnlySequence<byte> input = Sequence(Sample + "frames", 7);
        var upgrade = Handshake.Read(input).ShouldBeOfType<Handshake.Upgrade>();
        Encoding.ASCII.GetString(input.Slice(upgrade.End)).ShouldBe("frames");
    }

    [Fact]
    public void Read_AnyBeginningOfARequest_IsIncomplete()
    {
        for (int length = 0; length < Sample.Length; length++)
        {
            Handshake.Read(Sequence(Sample[..length], 64)).ShouldBeOfType<Handshake.Incomplete>();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Read_InSegmentsOfAnySize_IsTheSame(int segmentSize)
    {
        var upgrade = Handshake.Read(Sequence(Sample, segmentSize)).ShouldBeOfType<Handshake.Upgrade>();
        (upgrade.Path, upgrade.Offers("superchat")).ShouldBe(("/chat", true));
    }

    [Fact]
    public void Read_WithNamesAndTokensInAnyCase_IsAnUpgrade() => ReadUpgrade(
        "GET /ws HTTP/1.1\r\nHOST:a\r\nuPGRADE:WebSocket\r\nCONNECTION:\t keep-alive , uPgRaDe \r\n" +
        "SEC-websocket-KEY:dGhlIHNhbXBsZSBub25jZQ== \t\r\nsec-websocket-version:13\r\n\r\n").Path.ShouldBe("/ws");

    [Fact]
    public void Read_WithRepeatedHeaders_JoinsThem()
    {
        var upgrade = ReadUpgrade(Sample
            .Replace("Connection: Upgrade", "Connection: keep-alive\r\nConnection: foo, Upgrade")
            .Replace("Upgrade: websocket", "Upgrade: h2c\r\nUpgrade: websocket")
            .Replace("Sec-WebSocket-Version", "Sec-WebSocket-Protocol: ert-concierge\r\nSec-WebSocket-Version"));
        upgrade.Subprotocols.ShouldBe("chat, superchat, ert-concierge");
        upgrade.Offers("ert-concierge").ShouldBeTrue();
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/ws?name=x", "/ws")]
    [InlineData("/?a=/b", "/")]
    [InlineData("/a%20b/c", "/a%20b/c")]
    [InlineData("/a?b://c/d", "/a")]
    [InlineData("http://example.com/ws?q", "/ws")]
    [InlineData("http://example.com", "/")]
    public void Read_GivesThePathWithoutTheQuery(string target, string path) =>
        ReadUpgrade(Sample.Replace("/chat", target)).Path.ShouldBe(path);

    [Theory]
    [InlineData("ert-concierge", true)]
    [InlineData("a,ert-concierge ,b", true)]
    [InlineData("chat,\tert-concierge", true)]
    [InlineData("ERT-concierge", false)]
    [InlineData("ert-concierge2", false)]
    [InlineData("ert concierge", false)]
    [InlineData("e, r, t, -, c, o, n, c, i, e, r, g, e", false)]
    [InlineData("", false)]
    [InlineData(",,", false)]
    public void Offers_LooksForTheWholeName(string offered, bool expected) =>
        ReadUpgrade(Sample.Replace("chat, superchat", offered)).Offers("ert-concierge").ShouldBe(expected);

    [Fact]
    public void Read_WithoutSubprotocols_OffersNone()
    {
        var upgrade = ReadUpgrade(Without("Sec-WebSocket-Protocol"));
        upgrade.Subprotocols.ShouldBe("");
        upgrade.Offers("ert-concierge").ShouldBeFalse();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("POST /fs/a/b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nno header\r\n\r\n")]
    [InlineData("NONSENSE\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\n")]
    [InlineData("\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    public void Read_WhatIsNoUpgrade_IsLeftToHttp(string input) => Handshake.Read(Sequence(input, 64)).ShouldBeOfType<Handshake.NotUpgrade>();

    [Fact]
    public void Read_AHeadThatNeverEnds_IsLeftToHttpAt16KiB()
    {
        string endless = "GET / HTTP/1.1\r\nX: " + new string('x', Handshake.MaxHeadSize);
        Handshake.Read(Sequence(endless[..(Handshake.MaxHeadSize - 1)], 4096)).ShouldBeOfType<Handshake.Incomplete>();
        Handshake.Read(Sequence(endless[..Handshake.MaxHeadSize], 4096)).ShouldBeOfType<Handshake.NotUpgrade>();
        Handshake.Read(Sequence(endless + "\r\n\r\n", 4096)).ShouldBeOfType<Handshake.NotUpgrade>();
    }

    [Fact]
    public void Read_AHeadOfExactly16KiB_IsAnUpgradeWhateverFollows()
    {
        string filled = Sample.Replace("Origin:", "X: " + new string('x', Handshake.MaxHeadSize - Sample.Length - 5) + "\r\nOrigin:");
        filled.Length.ShouldBe(Handshake.MaxHeadSize);
        Handshake.Read(Sequence(filled, 4096)).ShouldBeOfType<Handshake.Upgrade>();
        Handshake.Read(Sequence(filled + new string('f', 5000), 4096)).ShouldBeOfType<Handshake.Upgrade>();
    }

    [Theory]
    [InlineData("8")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("13, 8")]
    [InlineData("13\r\nSec-WebSocket-Version: 13")]
    public void Read_AnotherVersion_Is426AndNames13(string version)
    {
        string response = ShouldRefuse(Sample.Replace("Version: 13", "Version: " + version), 426);
        response.ShouldStartWith("HTTP/1.1 426 Upgrade Required\r\n");
        response.ShouldContain("\r\nSec-WebSocket-Version: 13\r\n");
        response.ShouldContain("\r\nUpgrade: websocket\r\n");
    }

    [Fact]
    public void Read_WithoutAVersion_Is426() => ShouldRefuse(Without("Sec-WebSocket-Version"), 426);

    [Theory]
    [InlineData("")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ=")]
    [InlineData("dGhlIHNhbXBsZSBub25jZTE=")]
    [InlineData("dGhlIHNhbXBsZSBub25jZTEx")]
    [InlineData("dGhlIHNhbXBsZSBub25j ===")]
    [InlineData("dGhlIHNhbXBsZSBub25j\u00E9Q==")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    public void Read_AKeyThatIsNot16BytesInBase64_Is400(string key) =>
        ShouldRefuse(Sample.Replace("dGhlIHNhbXBsZSBub25jZQ==", key), 400).ShouldContain("Sec-WebSocket-Key");

    [Fact]
    public void Read_WithoutAKey_Is400() => ShouldRefuse(Without("Sec-WebSocket-Key"), 400).ShouldContain("Sec-WebSocket-Key");

    [Theory]
    [InlineData("POST /chat HTTP/1.1", "GET")]
    [InlineData("GET /chat HTTP/1.0", "HTTP/1.1")]
    [InlineData("GET /chat HTTP/2", "HTTP/1.1")]
    [InlineData("GET /chat", "request line")]
    [InlineData("GET chat HTTP/1.1", "target")]
    [InlineData("GET * HTTP/1.1", "target")]
    [InlineData("GET /a b HTTP/1.1", "target")]
    [InlineData("GET /\u00FC HTTP/1.1", "target")]
    public void Read_ARequestLineThatIsWrong_Is400(string line, string complaint) =>
        ShouldRefuse(Sample.Replace("GET /chat HTTP/1.1", line), 400).ShouldContain(complaint);

    [Theory]
    [InlineData("Content-Length: 5", "body")]
    [InlineData("Transfer-Encoding: chunked", "body")]
    [InlineData("Host: another", "Host")]
    [InlineData("no header", "header")]
    [InlineData("Name : value", "header")]
    [InlineData(" folded", "header")]
    [InlineData(": nameless", "header")]
    [InlineData("X: a\nb", "header")]
    [InlineData("X: a\0b", "header")]
    public void Read_AHeaderThatIsWrong_Is400(string header, string complaint) =>
        ShouldRefuse(Sample.Replace("Origin: http://example.com", header), 400).ShouldContain(complaint);

    [Fact]
    public void Read_WithoutAHost_Is400() => ShouldRefuse(Without("Host"), 400).ShouldContain("Host");

    [Fact]
    public void Read_WithAnEmptyBody_IsAnUpgrade() =>
        ReadUpgrade(Sample.Replace("Origin: http://example.com", "Content-Length: 0")).Path.ShouldBe("/chat");

    private static Handshake.Upgrade ReadUpgrade(string request) => Handshake.Read(Sequence(request, 4096)).ShouldBeOfType<Handshake.Upgrade>();

    private static string ShouldRefuse(string request, int status)
    {
        var invalid = Handshake.Read(Sequence(request, 4096)).ShouldBeOfType<Handshake.Invalid>();
        invalid.Status.ShouldBe(status);
        string response = Encoding.UTF8.GetString(invalid.Response.Span);
        response.ShouldStartWith($"HTTP/1.1 {status} ");
        response.ShouldContain("\r\nConnection: close\r\n");
        return response;
    }

    private static string Without(string header) =>
        string.Join("\r\n", Sample.Split("\r\n").Where(line => !line.StartsWith(header + ":", StringComparison.Ordinal)));

    private static ReadOnlySequence<byte> Sequence(string text, int segmentSize)
    {
        byte[][] parts = [.. Encoding.Latin1.GetBytes(text).Chunk(segmentSize)];
        if (parts.Length == 0) return ReadOnlySequence<byte>.Empty;

        var first = new Segment(parts[0]);
        Segment last = parts.Skip(1).Aggregate(first, (segment, part) => segment.Append(part));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes) => Memory = bytes;

        public Segment Append(byte[] bytes)
        {
            var next = new Segment(bytes) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
