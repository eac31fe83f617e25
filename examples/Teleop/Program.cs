using System.CommandLine;
using Concierge.Client;
using Concierge.Examples.Teleop;

// Drives a robot with the arrow keys. This file is the program around it: options, the connection, what each key does.
// Keyboard.cs reads keys, Dashboard.cs shows what the robot tells.
var url = new Option<string>("--url") { Description = "Where the concierge listens.", DefaultValueFactory = _ => ConciergeClientOptions.DefaultUri.ToString() };
var secret = new Option<string?>("--secret") { Description = "The concierge's secret, where it has one. Better given as TELEOP_SECRET: command lines are seen by everyone on the machine." };
var robotId = new Option<string?>("--robot") { Description = "The robot's id. Default: the first one there is." };
var speed = new Option<int>("--speed") { Description = "How fast, from 1 to 100.", DefaultValueFactory = _ => 60 };
speed.Validators.Add(option =>
{
    if (option.GetValueOrDefault<int>() is < 1 or > 100) option.AddError("--speed: expected 1 to 100");
});

var command = new RootCommand("Drives a robot of the concierge with the arrow keys (or w a s d).") { url, secret, robotId, speed };
command.SetAction((arguments, cancellationToken) => RunAsync(
    new ConciergeClientOptions
    {
        Uri = new Uri(arguments.GetValue(url)!, UriKind.RelativeOrAbsolute),
        Name = $"teleop_{Environment.ProcessId}",
        Nickname = Environment.UserName,
        Secret = arguments.GetValue(secret) ?? Environment.GetEnvironmentVariable("TELEOP_SECRET"),
        Tags = ["driver"],
    },
    arguments.GetValue(robotId),
    arguments.GetValue(speed),
    cancellationToken));
// Ctrl-C and SIGTERM cancel the action; it has this long to stop the robot.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(5) });

static async Task<int> RunAsync(ConciergeClientOptions options, string? id, int speed, CancellationToken cancellationToken)
{
    try
    {
        await using var client = await ConciergeClient.ConnectAsync(options, cancellationToken);
        var robots = await RobotConnection.FindAsync(client, cancellationToken);
        if (robots.FirstOrDefault(robot => id is null || robot.Id == id) is not { } found)
        {
            Console.Error.WriteLine(id is null
                ? "teleop: there is no robot; start one with dotnet run --project Concierge.Robot"
                : $"teleop: there is no robot '{id}'; there are: {string.Join(", ", robots.Select(robot => robot.Id))}");
            return 1;
        }

        await DriveAsync(client, found, speed, cancellationToken);
        return 0;
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        return 0;
    }
    catch (Exception e) when (e is ConciergeException or TimeoutException or ArgumentException)
    {
        Console.Error.WriteLine($"teleop: {e.Message}");
        return 1;
    }
}

static async Task DriveAsync(ConciergeClient client, RobotInfo found, int speed, CancellationToken cancellationToken)
{
    var dashboard = new Dashboard(found);
    await using var robot = await RobotConnection.ConnectAsync(client, found.Id, dashboard.Attach, cancellationToken);
    // A terminal tells when a key is pressed, and again while it is held, but not when it is released. So what is held is let
    // go when nothing more comes: after a bit more than a keyboard waits before it repeats a key.
    await using var drive = robot.StartDriving(new RobotDriveOptions { HoldTimeout = TimeSpan.FromMilliseconds(600) });
    drive.Faulted += (_, fault) => dashboard.Say(fault.Message);
    Console.WriteLine($"driving robot/{found.Id}");
    dashboard.Say("arrows drive, space lets go, x stops for everyone, c clears, l LED, b buzzer, q quits");

    var (led, buzzer) = (false, false);
    await foreach (var key in Keyboard.Read().ReadAllAsync(cancellationToken))
    {
        switch (key)
        {
            case Key.Forward: drive.Hold(speed, speed); break;
            case Key.Backward: drive.Hold(-speed, -speed); break;
            case Key.Left: drive.Hold(-speed, speed); break;
            case Key.Right: drive.Hold(speed, -speed); break;
            case Key.Release: drive.Release(); break;
            case Key.EmergencyStop:
                drive.Release();
                await TellAsync(robot.EmergencyStopAsync(cancellationToken));
                break;
            case Key.Clear: await TellAsync(robot.ClearEmergencyStopAsync(cancellationToken)); break;
            case Key.Led: await TellAsync(robot.SetLedAsync(led = !led, cancellationToken)); break;
            case Key.Buzzer: await TellAsync(robot.SetBuzzerAsync(buzzer = !buzzer, cancellationToken)); break;
            case Key.Quit: return;
        }
    }

    async Task TellAsync(Task<CommandResult> answer)
    {
        try
        {
            if (await answer is { Ok: false, Error: var error }) dashboard.Say(error ?? "refused");
        }
        catch (Exception e) when (e is ConciergeException or TimeoutException)
        {
            dashboard.Say(e.Message);
        }
    }
}
