using Akka.Actor;

namespace Akka.StandIn.Tests.Remote;

public sealed class AddressingTests : RemoteContract
{
    private IActorRefProvider Provider => ((ExtendedActorSystem)Sys).Provider;

    [Theory]
    [InlineData("akka.tcp://sys@127.0.0.1:2552", "akka.tcp", "sys", "127.0.0.1", 2552)]
    [InlineData("akka.ssl.tcp://a-b@Host.example:1", "akka.ssl.tcp", "a-b", "host.example", 1)]
    [InlineData("akka.tcp://sys@[::1]:80", "akka.tcp", "sys", "[::1]", 80)]
    [InlineData("akka://sys", "akka", "sys", null, null)]
    public void AnAddress_IsParsed(string text, string protocol, string system, string? host, int? port)
    {
        var address = Address.Parse(text);

        address.ShouldBe(new Address(protocol, system, host, port));
        (address.Protocol, address.System, address.Host, address.Port).ShouldBe((protocol, system, host, port));
        Address.Parse(address.ToString()).ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sys@host:1")]
    [InlineData("http://sys@host:1")]
    [InlineData("akka.tcp://sys@host:port")]
    [InlineData("akka.tcp://sys@host")]
    public void WhatIsNoAddress_IsNotParsed(string text) => Address.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void APath_IsParsed_WithItsUid()
    {
        var path = ActorPath.Parse("akka.tcp://sys@host:1/user/parent/child#42");

        path.Address.ShouldBe(new Address("akka.tcp", "sys", "host", 1));
        path.Elements.ShouldBe(["user", "parent", "child"]);
        path.Uid.ShouldBe(42);
        path.ToString().ShouldBe("akka.tcp://sys@host:1/user/parent/child");
        path.ToSerializationFormat().ShouldBe("akka.tcp://sys@host:1/user/parent/child#42");
        (new RootActorPath(path.Address) / "user" / "parent" / "child").ShouldBe(path);
        ActorPath.TryParse("no path", out _).ShouldBeFalse();
    }

    [Fact]
    public void ALocalPath_TakesTheAddressThatItIsWrittenWith()
    {
        var actor = Sys.ActorOf(Props.Create<Echo>(), "mine");

        actor.Path.ToString().ShouldBe($"akka://{Sys.Name}/user/mine");
        actor.Path.ToStringWithAddress(Provider.DefaultAddress).ShouldBe(PathAt(Sys, "mine"));
        Akka.Serialization.Serialization.SerializedActorPath(actor).ShouldBe($"{PathAt(Sys, "mine")}#{actor.Path.Uid}");
    }

    [Fact]
    public void AnActorsOwnFullPath_LeadsToThatActor()
    {
        var actor = Sys.ActorOf(Props.Create<Echo>(), "mine");
        var path = Akka.Serialization.Serialization.SerializedActorPath(actor);

        Provider.ResolveActorRef(path).ShouldBe(actor);
        Provider.ResolveActorRef(actor.Path).ShouldBe(actor);
        Sys.ActorSelection(PathAt(Sys, "mine")).Anchor.ShouldBe(Sys.ActorSelection("/user/mine").Anchor);
    }

    [Fact]
    public async Task ReferencesToOneActor_AreEqual_UntilItIsAnother()
    {
        var first = await EchoAtOther();
        Provider.ResolveActorRef(first.Path.ToSerializationFormat()).ShouldBe(first);
        (await EchoAtOther()).ShouldBe(first);
        var echo = await Other.ActorSelection("/user/echo").ResolveOne(Patience);
        await echo.GracefulStop(Patience);
        Other.ActorOf(Props.Create<Echo>(), "echo");

        var second = await EchoAtOther();

        second.ShouldNotBe(first);
        second.Path.ShouldBe(first.Path);
    }

    [Fact]
    public async Task WhoIsNotThere_IsNotFound()
    {
        await Should.ThrowAsync<ActorNotFoundException>(AtOther("nobody").ResolveOne(Patience));

        AtOther("nobody").Tell(new Identify("who"), TestActor);
        ExpectMsg<ActorIdentity>(Patience).Subject.ShouldBeNull();
    }

    [Fact]
    public void Identify_TellsWhoIsThere()
    {
        Sys.ActorSelection(ActorPath.Parse(PathAt(Other, "echo"))).Tell(new Identify("who"), TestActor);

        var identity = ExpectMsg<ActorIdentity>(Patience);

        identity.MessageId.ShouldBe("who");
        identity.Subject.Path.ToString().ShouldBe(PathAt(Other, "echo"));
    }
}
