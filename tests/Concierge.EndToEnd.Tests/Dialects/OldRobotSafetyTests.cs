using System.Net.Sockets;
using System.Text;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Dialects;

/// <summary>An old robot on plain TCP has no watchdog: when whoever has its motors turn is gone, it is told to stop, whatever node they were on.</summary>
public sealed class OldRobotSafetyTests : IAsyncLifetime, IDisposable
{
    private const string Turn = """{"type":"com_motor","data":{"m1":{"dir":"CW","spd":40},"m2":{"dir":"CCW","spd":20}}}""";
    private const string Stop = """{"type":"com_motor","data":{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}}""";

    private readonly string _address = $"127.0.0.1:{FreePort.Next()}";
    private readonly TcpClient _robot = new();
    private NodeProcess _node = null!, _other = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeProcess.StartAsync("dialects.iot.robot-port=0", "dialects.iot.browser-port=0", $"cluster.address={_address}", $"cluster.seeds={_address}");
        _other = await NodeProcess.StartAsync($"cluster.address=127.0.0.1:{FreePort.Next()}", $"cluster.seeds={_address}");
        var robots = new Uri((await _node.Program.ReadLineAsync()).ShouldNotBeNull().Split(' ')[^1]);
        await _robot.ConnectAsync(robots.Host, robots.Port);
        await _robot.GetStream().WriteAsync("""{"type":"self_info","data":{"name":"Rover","id":"7"}}"""u8.ToArray());
    }

    public async Task DisposeAsync()
    {
        if (_other is not null) await _other.DisposeAsync();
        if (_node is not null) await _node.DisposeAsync();
    }

    public void Dispose() => _robot.Dispose();

    [Theory]
    [InlineData("its connection breaks")]
    [InlineData("it unsubscribes")]
    [InlineData("its node dies")]
    public async Task WhenTheDriverIsGone_TheRobotIsToldToStop(string how)
    {
        WireClient driver = await DriveAsync(how == "its connection breaks" ? _node : _other);

        switch (how)
        {
            case "its connection breaks": await driver.DisposeAsync(); break;
            case "it unsubscribes": await driver.SucceedAsync("""{"type":"SELF_UNSUBSCRIBE","service":"robot/7"}"""); break;
            default: _other.Program.Kill(); break;
        }

        await HearAsync(Stop);
    }

    [Fact]
    public async Task WhenItsNodeStops_TheRobotIsToldToStop_First()
    {
        await DriveAsync(_other);

        _node.Program.Terminate();

        await HearAsync(Stop);
    }

    // The robot turns when this has completed.
    private async Task<WireClient> DriveAsync(NodeProcess from)
    {
        WireClient driver = await from.JoinAsync();
        do await driver.SendAsync("""{"type":"SELF_SUBSCRIBE","service":"robot/7"}""");
        while ((await driver.ReceiveAnswerAsync()).TypeOf() != "SELF_SUBSCRIBE_RESULT");
        await driver.SendAsync(Payloads.Message(Payloads.ToService("robot/7"), Turn));
        (await driver.ReceiveAnswerAsync()).TypeOf().ShouldBe("OK");
        await HearAsync(Turn);
        return driver;
    }

    private Task HearAsync(string expected) => Patience.For(ReadUntilAsync(expected), expected, _node.Program);

    private async Task ReadUntilAsync(string expected)
    {
        byte[] buffer = new byte[4096];
        var heard = new StringBuilder();
        while (!heard.ToString().EndsWith(expected, StringComparison.Ordinal))
        {
            int count = await _robot.GetStream().ReadAsync(buffer);
            count.ShouldBeGreaterThan(0, $"the robot's connection has ended; it has heard {heard}");
            heard.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
    }
}
