using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Xunit.Sdk;

namespace Akka.StandIn.Tests.Kit;

public class EventFilterTests() : Akka.TestKit.Xunit2.TestKit("akka.loglevel = DEBUG, akka.test.filter-leeway = 200ms")
{
    [Fact]
    public void AnActorsException_IsExpected_ByTypeTextAndPlace()
    {
        var actor = Sys.ActorOf(Props.Create<Talker>(), "talker");

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => actor.Tell(new InvalidOperationException("no disk")));
        EventFilter.Exception<Exception>(message: "no disk").ExpectOne(() => actor.Tell(new InvalidOperationException("no disk")));
        EventFilter.Exception<InvalidOperationException>(start: "no", source: "/user/talker").ExpectOne(() => actor.Tell(new InvalidOperationException("no disk")));
        EventFilter.Exception<InvalidOperationException>(contains: "disk", source: actor.Path.ToString())
            .ExpectOne(() => actor.Tell(new InvalidOperationException("no disk")));
        EventFilter.Error(new Regex("^no d.sk$")).ExpectOne(() => actor.Tell(new InvalidOperationException("no disk")));
    }

    [Fact]
    public void EachLevel_HasItsFilter()
    {
        EventFilter.Error("a 1").ExpectOne(() => Log.Error("a {0}", 1));
        EventFilter.Warning(start: "b").ExpectOne(() => Log.Warning("b {0}", 1));
        EventFilter.Info(contains: "c").ExpectOne(() => Log.Info("see c"));
        EventFilter.Debug(new Regex("d$")).ExpectOne(() => Log.Debug("see d"));
        EventFilter.Custom<Warning>(warning => warning.Message.ToString() == "e").ExpectOne(() => Log.Warning("e"));
    }

    [Fact]
    public async Task AsManyAsExpected_MustCome()
    {
        EventFilter.Warning("x").Expect(2, () =>
        {
            Log.Warning("x");
            Log.Warning("x");
            Log.Warning("y");
            Log.Info("x");
        });
        EventFilter.Warning("x").Expect(0, () => Log.Warning("y"));
        EventFilter.Warning("x").And.Info("z").Expect(2, () =>
        {
            Log.Warning("x");
            Log.Info("z");
        });
        EventFilter.Warning("x").ExpectOne(() =>
        {
            Log.Warning("x");
            return 5;
        }).ShouldBe(5);
        await EventFilter.Warning("x").ExpectOneAsync(() =>
        {
            Log.Warning("x");
            return Task.CompletedTask;
        });

        Should.Throw<XunitException>(() => EventFilter.Warning("x").ExpectOne(() => Log.Warning("y"))).Message.ShouldContain("0/1");
        Should.Throw<XunitException>(() => EventFilter.Warning("x").ExpectOne(() =>
        {
            Log.Warning("x");
            Log.Warning("x");
        }));
        Should.Throw<XunitException>(() => EventFilter.Warning("x").Expect(0, () => Log.Warning("x")));
    }

    [Fact]
    public void DeadLetters_AreExpected_ByTypeAndReceiver()
    {
        var dead = Sys.ActorOf(Props.Create<Silent>(), "dead");
        Watch(dead);
        Sys.Stop(dead);
        ExpectTerminated(dead);

        EventFilter.DeadLetter<string>().ExpectOne(() => dead.Tell("lost"));
        EventFilter.DeadLetter<string>(text => text == "lost", source: "/user/dead").ExpectOne(() =>
        {
            dead.Tell(5);
            dead.Tell("found");
            dead.Tell("lost");
        });
        EventFilter.DeadLetter().Expect(2, () =>
        {
            dead.Tell(5);
            dead.Tell("lost");
        });
        Should.Throw<XunitException>(() => EventFilter.DeadLetter<int>().ExpectOne(() => dead.Tell("lost")));
    }

    [Fact]
    public void WhatIsMuted_IsKeptFromLaterFilters()
    {
        using (EventFilter.Warning("x").Mute())
            Should.Throw<XunitException>(() => EventFilter.Warning("x").ExpectOne(() => Log.Warning("x")));

        EventFilter.Warning("x").ExpectOne(() => Log.Warning("x"));
        EventFilter.Warning("x").Mute(() => Log.Warning("x"));
    }

    private sealed class Talker : ReceiveActor
    {
        public Talker() => Receive<Exception>(cause => throw cause);
    }
}
