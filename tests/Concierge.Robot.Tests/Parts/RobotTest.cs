using System.Text.Json;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Concierge.Actors.Tests.Hub;
using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Commands;
using Concierge.Robot.Configuration;
using Concierge.Robot.Links;
using Concierge.Robot.Safety;
using Concierge.Robot.Tests.Safety;

namespace Concierge.Robot.Tests.Parts;

/// <summary>A robot with all its actors on hardware in memory; the test is its link. Time stands still unless the test moves it.</summary>
public abstract class RobotTest : TestKit
{
    private const string ManualClock = """
        akka.scheduler.implementation = "Concierge.Actors.Tests.Hub.ManualScheduler, Concierge.Robot.Tests"
        akka.stdout-loglevel = off
        akka.loglevel = off
        akka.log-dead-letters = off
        akka.log-dead-letters-during-shutdown = off
        """;

    private readonly ManualTime _time = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CommandReader _commands;

    protected RobotTest(params string[] settings)
        : base(ManualClock)
    {
        Settings = RobotSettings.Load([.. settings.SelectMany(setting => new[] { "--set", setting })]);
        _commands = new CommandReader(Settings);
        Link = CreateTestProbe("link");
        RosBridge = CreateTestProbe("ros");
        Robot = Sys.ActorOf(RobotActor.Props(Context()), "robot");
        Robot.Tell(new LinkActor.Up(HasService: true));
        Interlock.Clear(StopReasons.LinkLost);
    }

    private protected RobotSettings Settings { get; }

    private protected FakeHardware Hardware { get; } = new();

    private protected Interlock Interlock { get; } = new();

    private protected static ClientInfo Ann { get; } = new("ann", "Ann", Guid.NewGuid(), []);

    private protected static ClientInfo Bob { get; } = new("bob", null, Guid.NewGuid(), []);

    /// <summary>What the robot says.</summary>
    protected TestProbe Link { get; }

    protected TestProbe RosBridge { get; }

    protected IActorRef Robot { get; }

    /// <summary>Completes when the robot has come to its end.</summary>
    protected Task Ended => _ended.Task;

    protected void Pass(int milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        ((ManualScheduler)Sys.Scheduler).Advance(TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>A client subscribes, and hears the latest of everything.</summary>
    private protected void Join(ClientInfo client) => Robot.Tell(new LinkActor.Joined(client));

    private protected void Leave(ClientInfo client) => Robot.Tell(new LinkActor.Left(client.Uuid));

    /// <summary>A client sends a command, as it would reach the robot.</summary>
    private protected void Send(ClientInfo from, string type, string data, string? id = null)
    {
        var message = RawJson.From(id is null ? $$"""{"type":"{{type}}","data":{{data}}}""" : $$"""{"type":"{{type}}","id":"{{id}}","data":{{data}}}""");
        var command = _commands.Read(message, out var read);
        if (command is Command.Stop) Interlock.Trip(StopReasons.EmergencyStop);
        Robot.Tell(new Order(from, read, command, _time.GetTimestamp()));
    }

    private protected void Drive(ClientInfo from, int speed, string? id = null) =>
        Send(from, "com_motor", $$$"""{"m1":{"dir":"CW","spd":{{{speed}}}},"m2":{"dir":"CCW","spd":{{{speed}}}}}""", id);

    /// <summary>Waits for the result of a command, past all else.</summary>
    private protected async Task<(bool Ok, string? Error)> ResultAsync(ClientInfo client, string? id)
    {
        var data = (await HeardAsync(client, "command_result", it => it.GetProperty("data").GetProperty("id").GetString() == id)).GetProperty("data");
        return (data.GetProperty("ok").GetBoolean(), data.GetProperty("error").GetString());
    }

    /// <summary>Waits until a client is told something of a kind, past all else.</summary>
    private protected async Task<JsonElement> HeardAsync(ClientInfo client, string kind, Func<JsonElement, bool>? which = null)
    {
        while (true)
        {
            var said = await Link.ReceiveOneAsync(TimeSpan.FromSeconds(20));
            said.ShouldNotBeNull($"waited for {kind}");
            if (said is not LinkActor.Direct direct || direct.Receiver != client.Uuid) continue;
            var message = direct.Data.ToElement();
            if (message.GetProperty("type").GetString() == kind && which?.Invoke(message) != false) return message;
        }
    }

    /// <summary>Waits until all subscribers are told something of a kind, or Ann as a newcomer is, past all else.</summary>
    private protected async Task<JsonElement> BroadcastAsync(string kind, Func<JsonElement, bool>? which = null)
    {
        while (true)
        {
            var said = await Link.ReceiveOneAsync(TimeSpan.FromSeconds(20));
            said.ShouldNotBeNull($"waited for {kind}");
            var data = said switch
            {
                LinkActor.Broadcast all => all.Data,
                LinkActor.Direct one when one.Receiver == Ann.Uuid => one.Data,
                _ => RawJson.From("""{"type":null}"""),
            };
            var message = data.ToElement();
            if (message.GetProperty("type").GetString() == kind && which?.Invoke(message) != false) return message;
        }
    }

    private RobotContext Context() => new()
    {
        Settings = Settings,
        Hardware = Hardware,
        Interlock = Interlock,
        Motors = [.. Settings.Motors.Keys.Select(name => new GuardedMotor(name, Interlock, Settings.Watchdog, _time, (_, ring) => new ClockAlarm(_time, ring)))],
        Ended = () => _ended.TrySetResult(),
        Intake = new Intake(),
        Time = _time,
        Link = Props.Create(() => new Forwarding(Link.Ref)),
        Ros = _ => Props.Create(() => new Forwarding(RosBridge.Ref)),
    };

    /// <summary>An actor whose messages the test gets.</summary>
    private sealed class Forwarding(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message) => test.Forward(message);
    }
}
