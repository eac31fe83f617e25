using System.Globalization;
using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Python;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Dialects;

/// <summary>Robots and browsers that were written for the old server, in another language, beside the programs as they ship.</summary>
public sealed class IotTests : IAsyncLifetime
{
    private NodeProcess _node = null!;
    private Uri _robots = null!, _browsers = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeProcess.StartAsync("dialects.iot.robot-port=0", "dialects.iot.browser-port=0");
        _robots = await ReadUrlAsync("iot-robots tcp://");
        _browsers = await ReadUrlAsync("iot-browsers ws://");
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [PythonFact]
    public async Task AnOldBrowser_DrivesANewRobot()
    {
        await using var robot = RunningProgram.StartBuilt("Concierge.Robot", "--url", _node.Url.ToString(), "--id", "rover-1", "--name", "Rover");
        (await robot.ReadLineAsync()).ShouldBe("ready robot/rover-1", robot.Errors);

        await using var browser = PythonProgram.Start("iot_browser.py", _browsers.ToString(), "rover-1");

        List<JsonElement> seen = await browser.FinishAsync();
        seen.ShouldContain(it => it.TypeOf() == "robots" && it.GetProperty("data").GetRawText() == """[{"name":"Rover","id":"rover-1"}]""");
        seen.ShouldContain(it => it.TypeOf() == "motor_state" && it.GetProperty("data").GetProperty("m1").GetProperty("spd").GetInt32() == 40);
    }

    [PythonFact]
    public async Task AnOldBrowser_DrivesAnOldRobot_WhichComesBackAfterAPowerCut()
    {
        const string Welcome = """{"type":"msg","data":{"data":"Welcome to the Socc.\n"}}""";
        await using var first = StartRobot();
        (await first.ReadAsync()).ShouldBeJson(Welcome);
        await AppearsAsync();
        await using var second = StartRobot();
        (await second.ReadAsync()).ShouldBeJson(Welcome);
        (await first.ReadAsync()).ShouldBeJson("\"gone\"");

        await using var browser = PythonProgram.Start("iot_browser.py", _browsers.ToString(), "7");

        (await second.ReadAsync()).ShouldBeJson("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":40},"m2":{"dir":"CCW","spd":20}}}""");
        List<JsonElement> seen = await browser.FinishAsync();
        seen[^2].ShouldBeJson("""{"type":"orientation_data","data":{"pitch":1.5,"roll":-2.25}}""");
        seen[^1].ShouldBeJson("""{"type":"msg","data":{"data":"a } in a \" string {"}}""");
    }

    [PythonFact]
    public async Task AClientOfTheConcierge_DrivesAnOldRobot_AndADrainingNodeLetsItGo()
    {
        await using var robot = StartRobot();
        await robot.ReadAsync();
        WireClient driver = await AppearsAsync();

        await driver.SendAsync(Payloads.Message(Payloads.ToService("robot/7"), """{"type":"com_motor","id":"x","data":{}}"""));

        (await robot.ReadAsync()).ShouldBeJson("""{"type":"com_motor","id":"x","data":{}}""");
        JsonElement heard;
        do heard = await driver.ReceiveAsync();
        while (heard.TypeOf() != "MESSAGE" || heard.GetProperty("data").TypeOf() == "climate_data");
        heard.GetProperty("data").ShouldBeJson("""{"type":"orientation_data","data":{"pitch":1.5,"roll":-2.25}}""");

        _node.Program.Terminate();
        (await robot.FinishAsync()).ShouldHaveSingleItem().ShouldBeJson("\"gone\"");
        (await _node.Program.WaitForExitAsync()).ShouldBe(0, _node.Program.Errors);
    }

    private PythonProgram StartRobot() =>
        PythonProgram.Start("iot_robot.py", _robots.Host, _robots.Port.ToString(CultureInfo.InvariantCulture), "7", "Old Rover");

    // Somebody who is subscribed to it as soon as it is there.
    private async Task<WireClient> AppearsAsync()
    {
        WireClient watcher = await _node.JoinAsync();
        do await watcher.SendAsync("""{"type":"SELF_SUBSCRIBE","service":"robot/7"}""");
        while ((await watcher.ReceiveAnswerAsync()).TypeOf() != "SELF_SUBSCRIBE_RESULT");
        return watcher;
    }

    private async Task<Uri> ReadUrlAsync(string expected)
    {
        string line = (await _node.Program.ReadLineAsync()).ShouldNotBeNull().Trim();
        line.ShouldStartWith(expected);
        return new Uri(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
    }
}
