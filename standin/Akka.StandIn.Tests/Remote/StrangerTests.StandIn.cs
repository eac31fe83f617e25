using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Event;

namespace Akka.StandIn.Tests.Remote;

/// <summary>Whoever connects and doesn't belong is turned away with one line in the log, and nobody else notices.</summary>
public sealed class StrangerTests() : RemoteContract("akka.remote.handshake-timeout = 300 ms")
{
    private const string Magic = "AkkaStandIn";

    [Fact]
    public Task AnHttpRequest_IsTurnedAway() => IsTurnedAway("GET / HTTP/1.1\r\nHost: here\r\n\r\n"u8.ToArray(), "frame of");

    [Fact]
    public Task AnAnnouncedGigabyte_IsTurnedAway() => IsTurnedAway([0, 0, 0, 64], "frame of");

    [Fact]
    public Task ANegativeLength_IsTurnedAway() => IsTurnedAway([255, 255, 255, 255], "frame of");

    [Fact]
    public Task AnotherProtocol_IsTurnedAway() => IsTurnedAway([4, 0, 0, 0, 1, 2, 3, 4], "doesn't speak");

    [Fact]
    public Task AnotherVersion_IsTurnedAway() => IsTurnedAway(Hello(version: 7), "version 7");

    [Fact]
    public Task AMalformedHello_IsTurnedAway() => IsTurnedAway(Framed([1, .. Encoding.ASCII.GetBytes(Magic), 1, 0, 1]), "malformed");

    [Fact]
    public Task WhoMeansAnotherSystem_IsTurnedAway() => IsTurnedAway(Hello(to: "akka.tcp://somebody@127.0.0.1:1"), "OtherSystem");

    [Fact]
    public Task WhoSaysNothing_IsTurnedAway() => IsTurnedAway([], "no handshake");

    [Fact]
    public Task AHalfHello_IsTurnedAway() => IsTurnedAway(Hello()[..9], "no handshake");

    [Fact]
    public Task AFrameThatIsTooLong_EndsTheConnection() => IsTurnedAway([.. Hello(), .. BitConverter.GetBytes((3 * 1024 * 1024))], "frame of");

    [Fact]
    public Task AFrameThatIsNoMessage_EndsTheConnection() => IsTurnedAway([.. Hello(), .. Framed([9, 9, 9, 9, 9])], "expected a message");

    [Fact]
    public Task AMalformedMessage_EndsTheConnection() => IsTurnedAway([.. Hello(), .. Framed([4, 1, 0, 0, 0, 255, 255])], "malformed");

    [Theory]
    [InlineData(77, "")]
    [InlineData(1234, "Nonsense")]
    [InlineData(16, "AS")]
    [InlineData(16, "Nonsense")]
    public async Task AnUnreadableMessage_IsDropped_AndItsConnectionGoesOn(int serializer, string manifest)
    {
        using var stranger = Connect();
        await EventFilter.Warning(contains: $"serializer [{serializer}]").ExpectOneAsync(Patience, async () =>
            await stranger.GetStream().WriteAsync((byte[])[.. Hello(), .. Message(serializer, manifest, [1, 2, 3])]));

        await stranger.GetStream().WriteAsync(Message(1234, nameof(Text), "heard"u8.ToArray()));

        ExpectMsg(new Text("heard"), Patience);
    }

    [Fact]
    public void AMessageWithoutASerializer_IsNotSent()
    {
        EventFilter.Error(contains: "Serializer not found for type Unbound").ExpectOne(() => AtOther().Tell(new Unbound(), TestActor));

        AtOther().Tell(new Text("after"), TestActor);
        ExpectMsg(new Text("after"), Patience);
    }

    [Fact]
    public async Task TooMany_AreTurnedAway_UntilSomeHaveLeft()
    {
        var strangers = new List<TcpClient>();
        await EventFilter.Warning(contains: "further ones are closed").ExpectOneAsync(Patience, async () =>
        {
            for (var i = 0; i < 520; i++)
                strangers.Add(Connect());
            (await ReadToEnd(strangers[^1])).ShouldBeEmpty();
        });

        // Their time for the handshake runs out.
        await AwaitAssertAsync(
            async () => await Other.ActorSelection(Akka.Serialization.Serialization.SerializedActorPath(TestActor)).ResolveOne(TimeSpan.FromSeconds(1)), Patience);
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public void WhatWaitsForASystemThatSaysNothing_IsBounded()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var deaf = Nodes.Start("deaf");
        var letters = CreateTestProbe(deaf);
        deaf.EventStream.Subscribe(letters, typeof(DeadLetter));
        deaf.EventStream.Subscribe(letters, typeof(Warning));
        var nobody = ((ExtendedActorSystem)deaf).Provider.ResolveActorRef($"akka.tcp://silent@{silent.LocalEndpoint}/user/nobody");
        var large = new Blob(new byte[1024 * 1024]);

        for (var i = 0; i < 70; i++)
            nobody.Tell(large, ActorRefs.NoSender);

        letters.ExpectMsg<Warning>(Patience).ToString().ShouldContain("is full");
        letters.ReceiveN(7, Patience).ShouldAllBe(message => message is DeadLetter);
    }

    private static byte[] Framed(byte[] body)
    {
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        body.CopyTo(frame, 4);
        return frame;
    }

    private static async Task<byte[]> ReadToEnd(TcpClient stranger)
    {
        using var all = new MemoryStream();
        try
        {
            await stranger.GetStream().CopyToAsync(all).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // Closed with something unread.
        }
        return all.ToArray();
    }

    private byte[] Hello(ushort version = 1, string? to = null)
    {
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body);
        writer.Write((byte)1);
        writer.Write(Encoding.ASCII.GetBytes(Magic));
        writer.Write(version);
        writer.Write(42);
        writer.Write("akka.tcp://stranger@127.0.0.1:9");
        writer.Write(to ?? Nodes.AddressOf(Sys).ToString());
        return Framed(body.ToArray());
    }

    private byte[] Message(int serializer, string manifest, byte[] payload)
    {
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body);
        writer.Write((byte)4);
        writer.Write(serializer);
        foreach (var text in new[] { TestActor.Path.ToStringWithoutAddress(), "", manifest })
        {
            writer.Write((ushort)text.Length);
            writer.Write(Encoding.ASCII.GetBytes(text));
        }
        writer.Write(payload);
        return Framed(body.ToArray());
    }

    private TcpClient Connect() => new("127.0.0.1", Nodes.AddressOf(Sys).Port!.Value);

    private async Task IsTurnedAway(byte[] bytes, string because)
    {
        var echo = await EchoAtOther();
        using var stranger = Connect();

        await EventFilter.Warning(contains: because).ExpectOneAsync(Patience, async () =>
        {
            await stranger.GetStream().WriteAsync(bytes);
            await ReadToEnd(stranger);
        });

        (await echo.Ask<Text>(new Text("undisturbed"), Patience)).Value.ShouldBe("undisturbed");
    }
}
