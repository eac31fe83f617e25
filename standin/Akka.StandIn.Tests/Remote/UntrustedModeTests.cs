using Akka.Actor;

namespace Akka.StandIn.Tests.Remote;

public sealed class UntrustedModeTests() : RemoteContract(
    others: """akka.remote { untrusted-mode = on, trusted-selection-paths = ["/user/echo"] }""")
{
    [Fact]
    public async Task SelectionsOfTrustedPaths_ArriveOnly()
    {
        Other.ActorOf(Props.Create<Echo>(), "private");

        AtOther("private").Tell(new Text("no"), TestActor);
        AtOther("private").Tell(new Identify("no"), TestActor);
        AtOther().Tell(new Text("yes"), TestActor);

        ExpectMsg(new Text("yes"), Patience);
        (await EchoAtOther()).Path.Name.ShouldBe("echo");
    }

    [Fact]
    public async Task WhatMayDoHarm_IsDropped()
    {
        var echo = await EchoAtOther();

        echo.Tell(PoisonPill.Instance, TestActor);
        AtOther().Tell(PoisonPill.Instance, TestActor);
        echo.Tell(new Text("alive"), TestActor);

        ExpectMsg(new Text("alive"), Patience);
    }

    [Fact]
    public async Task AReferenceThatWasGiven_MayBeTold()
    {
        Other.ActorOf(Props.Create<Echo>(), "private");
        var introduced = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(PathAt(Other, "private"));

        (await introduced.Ask<Text>(new Text("hello"), Patience)).Value.ShouldBe("hello");
    }
}
