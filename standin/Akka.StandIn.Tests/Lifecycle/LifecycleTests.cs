using Akka.Actor;

namespace Akka.StandIn.Tests.Lifecycle;

public sealed class LifecycleTests : Contract
{
    [Fact]
    public void Stop_RunsPostStop()
    {
        var subject = StartSubject();

        Sys.Stop(subject);

        Reports.ExpectMsg("PostStop");
        Reports.LastSender.ShouldBe(subject);
    }

    [Fact]
    public void Stop_EndsChildrenBeforeTheirParent()
    {
        var parent = StartSubject();
        var child = StartChild(parent, "child");
        var grandchild = StartChild(child, "grandchild");

        Sys.Stop(parent);

        foreach (var next in new[] { grandchild, child, parent })
        {
            Reports.ExpectMsg("PostStop");
            Reports.LastSender.ShouldBe(next);
        }
    }

    [Fact]
    public void Restart_RunsTheHooksInOrder()
    {
        var subject = StartSubject();

        Fail(subject);

        var restarting = Reports.ExpectMsg<Subject.Restarting>();
        restarting.Reason.ShouldBe(Failure);
        restarting.Message.ShouldBe(Failure);
        Reports.ExpectMsg("PostStop");
        Reports.ExpectMsg<Subject.Restarted>().Reason.ShouldBe(Failure);
        Reports.ExpectMsg("PreStart");
    }

    [Fact]
    public void Restart_AwaitsTheEndOfTheChildren()
    {
        var parent = StartSubject();
        var child = StartChild(parent, "child");

        Fail(parent);

        Reports.ExpectMsg<Subject.Restarting>();
        Reports.ExpectMsg("PostStop");
        Reports.LastSender.ShouldBe(parent);
        Reports.ExpectMsg("PostStop");
        Reports.LastSender.ShouldBe(child);
        Reports.ExpectMsg<Subject.Restarted>();
        Reports.ExpectMsg("PreStart");
        parent.Tell(Subject.Do(context => Reports.Ref.Tell(context.GetChildren().Count(), context.Self)));
        Reports.ExpectMsg(0);
    }

    [Fact]
    public void Path_NamesTheAncestors()
    {
        var child = StartChild(StartSubject("parent"), "child");

        child.Path.ToString().ShouldBe($"akka://{Sys.Name}/user/parent/child");
        child.Path.ToStringWithoutAddress().ShouldBe("/user/parent/child");
        child.Path.Name.ShouldBe("child");
        child.Path.Parent.Name.ShouldBe("parent");
        child.Path.Elements.ShouldBe(["user", "parent", "child"]);
        child.Path.ShouldBe(child.Path.Root / "user" / "parent" / "child");
    }

    [Fact]
    public void Context_KnowsParentAndChildren()
    {
        var parent = StartSubject();
        var child = StartChild(parent, "child");

        parent.Tell(Subject.Do(context => Reports.Ref.Tell((context.Child("child"), context.Child("nobody").IsNobody()), context.Self)));
        Reports.ExpectMsg((child, true));

        child.Tell(Subject.Do(context => Reports.Ref.Tell(context.Parent, context.Self)));
        Reports.ExpectMsg(parent);
    }

    [Fact]
    public void ANamelessActor_GetsAGeneratedName()
    {
        var parent = StartSubject();
        var names = new List<string>();

        parent.Tell(Subject.Do(context =>
        {
            names.Add(context.ActorOf(Props.Create<Idle>()).Path.Name);
            names.Add(context.ActorOf(Props.Create<Idle>()).Path.Name);
            Reports.Ref.Tell("named", context.Self);
        }));

        Reports.ExpectMsg("named");
        names.ShouldBe(["$a", "$b"]);
    }

    [Fact]
    public void AName_IsTakenUntilItsActorHasTerminated()
    {
        var subject = StartSubject("taken");
        Should.Throw<InvalidActorNameException>(() => Sys.ActorOf(Props.Create<Idle>(), "taken"));

        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);

        AwaitAssert(() => Sys.ActorOf(Props.Create<Idle>(), "taken").Path.ShouldBe(subject.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$own")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("naïve")]
    public void ABadName_IsRefused(string name) =>
        Should.Throw<InvalidActorNameException>(() => Sys.ActorOf(Props.Create<Idle>(), name));

    [Fact]
    public void ASuccessorOfTheSameName_IsAnotherActor()
    {
        var first = StartSubject("name");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        IActorRef? second = null;
        AwaitAssert(() => second = Sys.ActorOf(Props.Create<Idle>(), "name"));

        second!.ShouldNotBe(first);
        second!.Path.ShouldBe(first.Path);
    }

    [Fact]
    public void Props_KeepTheirArgumentsOverARestart()
    {
        var argument = "first";
        var props = Props.Create(() => new Named(argument));
        argument = "second";

        var named = Sys.ActorOf(props);
        named.Tell("name?", TestActor);
        ExpectMsg("first");
        Fail(named);
        named.Tell("name?", TestActor);
        ExpectMsg("first");
    }

    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message) { }
    }

    private sealed class Named(string name) : ReceiveActor
    {
        private readonly string _name = name;

        protected override void PreStart()
        {
            Become(() =>
            {
                Receive((Action<Exception>)(failure => throw failure));
                Receive<string>(_ => Sender.Tell(_name));
            });
        }
    }
}
