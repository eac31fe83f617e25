using System.Diagnostics;
using Concierge.Client;
using Concierge.Protocol;

namespace Concierge.RobotBench;

/// <summary>A command's way to a simulated motor and its result's way back, beside the same way to a service that only echoes.</summary>
internal static class RoundTrip
{
    private const int WarmUp = 3000, Rounds = 5000;

    public static async Task RunAsync(Uri url, CancellationToken cancellationToken)
    {
        await using var echoOwner = await ConciergeClient.ConnectAsync(new ConciergeClientOptions { Uri = url, Name = "echo_owner" }, cancellationToken);
        var echo = new Echo(echoOwner);
        await echo.StartAsync(cancellationToken);
        await using var driver = await ConciergeClient.ConnectAsync(new ConciergeClientOptions { Uri = url, Name = "driver" }, cancellationToken);
        await using var robot = await RobotConnection.ConnectAsync(driver, "bench", cancellationToken: cancellationToken);
        TaskCompletionSource? echoed = null;
        driver.MessageReceived += (message, _) =>
        {
            if (message.Target is Target.ToServiceClient { Service: "echo" }) echoed!.TrySetResult();
            return default;
        };
        await driver.SubscribeAsync("echo", cancellationToken);

        var (echoes, commands) = (new List<double>(Rounds), new List<double>(Rounds));
        var ping = RawJson.From("""{"type":"com_motor","id":"c1000","data":{"m1":{"dir":"CW","spd":50}}}""");
        for (var i = 0; i < WarmUp + Rounds; i++)
        {
            // In turn, so that both meet the same machine.
            var start = Stopwatch.GetTimestamp();
            echoed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await driver.SendAsync(new Target.ToService("echo"), ping, cancellationToken);
            await echoed.Task.WaitAsync(cancellationToken);
            var middle = Stopwatch.GetTimestamp();
            var result = await robot.TurnAsync(new Dictionary<string, MotorState> { ["m1"] = MotorState.Turning(1 + (i % 100)) }, cancellationToken);
            if (!result.Ok) throw new InvalidOperationException(result.Error);
            if (i < WarmUp) continue;
            echoes.Add(Stopwatch.GetElapsedTime(start, middle).TotalMilliseconds);
            commands.Add(Stopwatch.GetElapsedTime(middle).TotalMilliseconds);
        }

        Console.WriteLine($"round-trip  echo     {Percentiles.Of(echoes)}");
        Console.WriteLine($"round-trip  command  {Percentiles.Of(commands)}");
    }

    private sealed class Echo(ConciergeClient client) : ServiceHost(client, "echo")
    {
        protected override ValueTask OnMessageAsync(Origin origin, RawJson data, CancellationToken cancellationToken) =>
            Client.PostAsync(new Target.ToServiceClient(Name, origin.Client.Uuid), data, cancellationToken);
    }
}
