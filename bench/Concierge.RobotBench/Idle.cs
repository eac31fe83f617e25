using Concierge.Client;

namespace Concierge.RobotBench;

/// <summary>What a robot's program takes at the default rates, watched by one client.</summary>
internal static class Idle
{
    /// <summary>Until the runtime has compiled for good what runs often.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);

    public static async Task RunAsync(Uri url, ServerProcess robot, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var watcher = await ConciergeClient.ConnectAsync(new ConciergeClientOptions { Uri = url, Name = "watcher" }, cancellationToken);
        var heard = 0;
        await using var watched = await RobotConnection.ConnectAsync(
            watcher,
            "bench",
            it => it.TelemetryReceived += (_, _) =>
            {
                Interlocked.Increment(ref heard);
                return default;
            },
            cancellationToken);
        await Task.Delay(WarmUp, cancellationToken);
        var (before, heardBefore) = (robot.Processor, heard);
        await Task.Delay(duration, cancellationToken);
        var used = (robot.Processor - before) / duration;
        Console.WriteLine($"idle        {used:P2} of one core  {robot.Memory:0} MiB resident  {(heard - heardBefore) / duration.TotalSeconds:0.0} messages/s");
    }
}
