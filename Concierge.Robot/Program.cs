using Concierge.Hosting.Programs;
using Concierge.Robot.Configuration;

namespace Concierge.Robot;

/// <summary>The program: a robot with a command line, an environment, a console and signals.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var halts = args is ["halt", ..];
        if (halts) args = args[1..];
        if (RobotSettings.CommandLineSyntax.TryAnswer(args)) return ExitCode.Succeeded;
        try
        {
            var settings = RobotSettings.Load(args, EnvironmentVariables.All());
            return halts ? await HaltAsync(settings) : await RunAsync(settings);
        }
        catch (InvalidConfigurationException e)
        {
            await Console.Error.WriteLineAsync($"robot: {e.Message}");
            return ExitCode.Misconfigured;
        }
    }

    private static async Task<int> RunAsync(RobotSettings settings)
    {
        RobotNode? robot = null;
        // Whatever ends the program in an orderly way, the motors come first.
        using var stop = new StopSignals(() => robot?.StopMotors());
        AppDomain.CurrentDomain.UnhandledException += (_, _) => robot?.StopMotors();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => robot?.StopMotors();
        try
        {
            robot = await RobotNode.StartAsync(settings, logging => ConsoleLog.Add(logging, settings.Logging), stop.Token);
            await using var running = robot;
            var ended = Task.Delay(Timeout.Infinite, stop.Token);
            if (await Task.WhenAny(robot.Ready, robot.Completion, ended) == robot.Ready) await Console.Out.WriteLineAsync($"ready robot/{settings.Id}");
            await (await Task.WhenAny(robot.Completion, ended));
            return ExitCode.Succeeded;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return ExitCode.Succeeded;
        }
        catch (Exception e) when (e is Client.ConciergeException or ArgumentException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"robot: {e.Message}");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> HaltAsync(RobotSettings settings)
    {
        try
        {
            RobotNode.Halt(settings);
            return ExitCode.Succeeded;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"robot: {e.Message}");
            return ExitCode.Failed;
        }
    }
}
