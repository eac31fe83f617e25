using Akka;
using Akka.Actor;
using Akka.Hosting;
using Concierge.Robot.Configuration;
using Concierge.Robot.Devices;
using Concierge.Robot.Links;
using Concierge.Robot.Linux;
using Concierge.Robot.Ros;
using Concierge.Robot.Safety;
using Concierge.Robot.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concierge.Robot;

/// <summary>
/// A running robot. Any number of simulated ones live in one process without touching each other, the console or the
/// process' signals.
/// </summary>
public sealed class RobotNode : IAsyncDisposable
{
    /// <summary>What saying goodbye, and then stopping the actors, may take.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly IHost _host;
    private readonly RobotContext _context;
    private readonly TaskCompletionSource _completion;
    private readonly Lazy<Task> _stopping;

    private RobotNode(IHost host, RobotContext context, TaskCompletionSource completion)
    {
        _host = host;
        _context = context;
        _completion = completion;
        _stopping = new Lazy<Task>(StopCoreAsync);
    }

    /// <summary>Completes when the robot's service stands for the first time; a concierge that isn't there is waited for.</summary>
    public Task Ready => _context.Ready.Task;

    /// <summary>Fails where the concierge will never let this robot in, such as with a wrong secret; else completes with <see cref="StopAsync"/>.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Starts a robot: its parts take their hardware, motors are stopped before all else, and it connects.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="logging">Where its log goes; null for nowhere.</param>
    /// <param name="cancellation">Gives up starting.</param>
    public static Task<RobotNode> StartAsync(RobotSettings settings, Action<ILoggingBuilder>? logging = null, CancellationToken cancellation = default) =>
        StartAsync(settings, HardwareOf(settings), logging, cancellation);

    /// <summary>Takes the motors, stops them, and gives them back: for what a killed robot has left turning.</summary>
    /// <param name="settings">The configuration.</param>
    /// <exception cref="IOException">A motor isn't there, or can't be stopped. The others were stopped nevertheless.</exception>
    public static void Halt(RobotSettings settings)
    {
        var hardware = HardwareOf(settings);
        var faults = new List<string>();
        foreach (var name in settings.Motors.Keys)
        {
            try
            {
                using var motor = hardware.OpenMotor(name);
                motor.Apply(Motors.Movement.None);
            }
            catch (IOException e)
            {
                faults.Add($"{name}: {e.Message}");
            }
        }

        if (faults.Count > 0) throw new IOException(string.Join("; ", faults));
    }

    /// <summary>Stops the motors, now and for good, on the caller's thread. The robot goes on otherwise.</summary>
    public void StopMotors() => _context.Interlock.Trip(StopReasons.Ending);

    /// <summary>Stops the motors, says goodbye, and stops. Any number of callers share the one stop.</summary>
    public Task StopAsync() => _stopping.Value;

    /// <summary>Stops the robot and frees what it has.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
    }

    internal static async Task<RobotNode> StartAsync(
        RobotSettings settings, IHardware hardware, Action<ILoggingBuilder>? logging, CancellationToken cancellation)
    {
        var interlock = new Interlock();
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var time = TimeProvider.System;
        var link = new LinkContext(settings, interlock, time, fault => completion.TrySetException(fault));
        var context = new RobotContext
        {
            Settings = settings,
            Hardware = hardware,
            Interlock = interlock,
            Motors = [.. settings.Motors.Keys.Select(name => new GuardedMotor(name, interlock, settings.Watchdog, time, (alarm, ring) => new ThreadAlarm(alarm, ring)))],
            Ended = () =>
            {
                if (!interlock.Reasons.HasFlag(StopReasons.Ending))
                    completion.TrySetException(new InvalidOperationException("The robot's actors have come to an end; the log says why."));
            },
            Intake = link.Intake,
            Time = time,
            Link = LinkActor.Props(link),
            Ros = ros => RosBridgeActor.Props(ros, settings.Watchdog, RosConnection.DialAsync),
        };
        var host = Build(settings, context, logging);
        try
        {
            await host.StartAsync(cancellation);
            return new RobotNode(host, context, completion);
        }
        catch
        {
            interlock.Trip(StopReasons.Ending);
            host.Dispose();
            foreach (var motor in context.Motors) motor.Dispose();
            throw;
        }
    }

    private static IHardware HardwareOf(RobotSettings settings) =>
        settings.IsSimulated ? new SimulatedHardware(TimeProvider.System) : new LinuxHardware(settings, TimeProvider.System);

    private static IHost Build(RobotSettings settings, RobotContext context, Action<ILoggingBuilder>? logging)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        ConsoleLog.SetLevels(builder.Logging, settings.Logging.Level);
        logging?.Invoke(builder.Logging);
        // Whoever starts a robot decides when it stops; the host's own way listens to the process' signals.
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        builder.Services.AddAkka("robot", akka => akka
            .AddHocon(settings.Hocon, HoconAddMode.Prepend)
            .ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = settings.Logging.AkkaLevel;
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .WithActors((system, registry) => registry.Register<RobotActor>(system.ActorOf(RobotActor.Props(context), "robot"))));
        return builder.Build();
    }

    private async Task StopCoreAsync()
    {
        StopMotors();
        try
        {
            await _host.Services.GetRequiredService<IRequiredActor<RobotActor>>().ActorRef.Ask<Done>(Leave.Instance, Farewell);
        }
        catch (AskTimeoutException)
        {
            // The concierge notices by itself.
        }

        await _host.StopAsync();
        // The actors have released theirs; this is for those that couldn't.
        foreach (var motor in _context.Motors) motor.Dispose();
        _completion.TrySetResult();
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
