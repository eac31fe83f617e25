using System.CommandLine;
using Concierge.RobotBench;

// What robots cost: a command's way to a motor and back, a robot's program at rest, and many robots on one node.
var node = new Option<FileInfo>("--node") { Description = "The node's Concierge.Node.dll.", Required = true };
var robot = new Option<FileInfo>("--robot") { Description = "The robot's Concierge.Robot.dll.", Required = true };
var scenario = new Option<string>("--scenario") { Description = "round-trip, idle, fleet or all.", DefaultValueFactory = _ => "all" };
scenario.AcceptOnlyFromAmong("round-trip", "idle", "fleet", "all");
var seconds = new Option<int>("--seconds") { Description = "How long idle and fleet are measured.", DefaultValueFactory = _ => 20 };

var command = new RootCommand("Measures robots on a concierge; see bench/README.md.") { node, robot, scenario, seconds };
command.SetAction(async (arguments, cancellationToken) =>
{
    var duration = TimeSpan.FromSeconds(arguments.GetValue(seconds));
    var chosen = arguments.GetValue(scenario);
    await using var concierge = await ServerProcess.StartAsync(arguments.GetValue(node)!, "--port", "0", "--set", "concierge.limits.connections=2000");
    var url = new Uri(concierge.Ready);
    if (chosen is "round-trip" or "idle" or "all")
    {
        await using var device = await ServerProcess.StartAsync(arguments.GetValue(robot)!, "--url", concierge.Ready, "--id", "bench");
        if (chosen is not "idle") await RoundTrip.RunAsync(url, cancellationToken);
        if (chosen is not "round-trip") await Idle.RunAsync(url, device, duration, cancellationToken);
    }

    if (chosen is "fleet" or "all") await Fleet.RunAsync(url, concierge, duration, cancellationToken);
});
return await command.Parse(args).InvokeAsync();
