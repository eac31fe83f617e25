using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Akka.StandIn.Tests.Remote;

public sealed class ConnectionTests : RemoteContract
{
    [Fact]
    public void PortZero_IsAFreePort_OnThatHostOnly()
    {
        var address = Nodes.AddressOf(Sys);

        address.Protocol.ShouldBe("akka.tcp");
        address.Host.ShouldBe("127.0.0.1");
        address.Port!.Value.ShouldBeGreaterThan(0);
        using var elsewhere = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Should.NotThrow(() => elsewhere.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), address.Port.Value)));
    }

    [Fact]
    public void APortThatIsTaken_FailsTheSystemsStart()
    {
        var port = Nodes.AddressOf(Other).Port;

        var failure = Should.Throw<Exception>(() => Nodes.Start("late", $"akka.remote.dot-netty.tcp.port = {port}"));

        failure.GetBaseException().ShouldBeOfType<SocketException>();
        failure.ToString().ShouldContain($"{port}");
    }

    [Fact]
    public async Task ThePublicAddress_IsTheOneThatOthersUse()
    {
        var system = Nodes.Start("public", """akka.remote.dot-netty.tcp { hostname = "127.0.0.1", public-hostname = localhost }""");
        system.ActorOf(Props.Create<Echo>(), "echo");

        Nodes.AddressOf(system).Host.ShouldBe("localhost");
        (await Sys.ActorSelection(PathAt(system, "echo")).Ask<Text>(new Text("hello"), Patience)).Value.ShouldBe("hello");
    }

    [Fact]
    public void WhereNobodyListens_MessagesAreDeadLetters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        Sys.ActorSelection("akka.tcp://gone@127.0.0.1:1/user/anybody").Tell(new Text("lost"));

        FishForMessage(message => message is DeadLetter { Message: Text { Value: "lost" } }
, Patience);
    }

    [Fact]
    public async Task ASystemThatIsRestarted_IsReachedAgain()
    {
        await EchoAtOther();
        var port = Nodes.AddressOf(Other).Port;
        await Other.Terminate();
        var restarted = Nodes.Start("other", $"akka.remote.dot-netty.tcp.port = {port}");
        restarted.ActorOf(Props.Create<Echo>(), "echo");

        await AwaitAssertAsync(
            async () => (await AtOther().Ask<Text>(new Text("again"), TimeSpan.FromMilliseconds(500))).Value.ShouldBe("again"), Patience);
    }

    [Fact]
    public async Task AConnectionsLife_IsPublished()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AssociationEvent));

        await EchoAtOther();
        FishForMessage(message => message is AssociatedEvent { IsInbound: false } e && e.RemoteAddress == Nodes.AddressOf(Other), Patience);
        await Other.Terminate();

        FishForMessage(message => message is DisassociatedEvent e && e.RemoteAddress == Nodes.AddressOf(Other), Patience);
    }

    [Fact]
    public async Task WhatWasToldBeforeTheEnd_IsStillSent()
    {
        const int Count = 5000;
        var leaving = Nodes.Start("leaving");
        var probe = await leaving.ActorSelection(Akka.Serialization.Serialization.SerializedActorPath(TestActor)).ResolveOne(Patience);

        for (var i = 0; i < Count; i++)
            probe.Tell(i, ActorRefs.NoSender);
        await leaving.Terminate();

        ReceiveN(Count, Patience).ShouldBe(Enumerable.Range(0, Count).Cast<object>());
    }

    [Fact]
    public async Task AQuarantinedSystem_IsNotHeard_UntilItIsRestarted()
    {
        var uid = AddressUidExtension.Uid(Other);
        var port = Nodes.AddressOf(Other).Port;
        var own = Akka.Serialization.Serialization.SerializedActorPath(TestActor);
        (await Other.ActorSelection(own).ResolveOne(Patience)).Tell(new Text("before"));
        ExpectMsg(new Text("before"), Patience);

        var news = CreateTestProbe(Other);
        Other.EventStream.Subscribe(news, typeof(ThisActorSystemQuarantinedEvent));

        ((IRemoteActorRefProvider)((ExtendedActorSystem)Sys).Provider).Quarantine(Nodes.AddressOf(Other), uid);

        await AwaitAssertAsync(async () =>
        {
            await Should.ThrowAsync<ActorNotFoundException>(Other.ActorSelection(own).ResolveOne(TimeSpan.FromMilliseconds(500)));
            news.ExpectMsg<ThisActorSystemQuarantinedEvent>(TimeSpan.FromMilliseconds(500)).RemoteAddress.ShouldBe(Nodes.AddressOf(Sys));
        }, Patience);
        await Other.Terminate();
        var restarted = Nodes.Start("other", $"akka.remote.dot-netty.tcp.port = {port}");
        await AwaitAssertAsync(async () => await restarted.ActorSelection(own).ResolveOne(TimeSpan.FromMilliseconds(500)), Patience);
    }
}
