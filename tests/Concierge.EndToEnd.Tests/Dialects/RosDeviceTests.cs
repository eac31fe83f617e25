using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Python;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Dialects;

public sealed class RosDeviceTests : IAsyncLifetime
{
    private NodeProcess _node = null!;
    private Uri _devices = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeProcess.StartAsync("dialects.ros-device.port=0", "identify-timeout=2s", "limits.frame-size=1KiB");
        string line = (await _node.Program.ReadLineAsync()).ShouldNotBeNull().Trim();
        line.ShouldStartWith("ros-devices tcp://");
        _devices = new Uri(line["ros-devices ".Length..]);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [PythonFact]
    public async Task ADevice_IsAServiceBetweenItsExchanges()
    {
        await using var device = StartDevice(exchanges: 2);
        (await device.ReadAsync()).ShouldBeJson("""["/radio_silence_serv",{"data":"yosh"}]""");
        WireClient watcher = await _node.JoinAsync();
        await watcher.SubscribeAsync("ros/4");
        await watcher.SendAsync(Payloads.Message(Payloads.ToService("ros/4"), """{"topic":"/turtle1/cmd_vel","data":"{\"linear\": 2}"}"""));
        (await watcher.ReceiveAnswerAsync()).TypeOf().ShouldBe("OK");

        await device.TypeAsync("\n");

        (await device.ReadAsync()).ShouldBeJson("""["/turtle1/cmd_vel",{"linear":2}]""");
        await device.FinishAsync();
        (await watcher.ReceiveAsync()).GetProperty("data").ShouldBeJson("""{"type":"ros_data","data":{"m_id":4,"data":[{"linear":{"x":1}},"} {"]}}""");
    }

    [PythonFact]
    public async Task WhoSaysTooMuch_OrTooLittle_OrNonsense_IsClosed_AndDisturbsNobody()
    {
        foreach (string text in (string[])["", "{\"m_id\": 4, ", "{}", "{'m_id'}", "GET / HTTP/1.1\r\n\r\n", "{\"m_id\": \"" + new string('x', 2000)])
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_devices.Host, _devices.Port);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));
            (await ReadToEndAsync(client)).ShouldBe(0, text);
        }

        await using var device = StartDevice(exchanges: 1);
        (await device.FinishAsync()).ShouldHaveSingleItem().ShouldBeJson("""["/radio_silence_serv",{"data":"yosh"}]""");
    }

    private PythonProgram StartDevice(int exchanges) => PythonProgram.Start(
        "ros_device.py", _devices.Host, _devices.Port.ToString(CultureInfo.InvariantCulture), "4", exchanges.ToString(CultureInfo.InvariantCulture));

    private static async Task<int> ReadToEndAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[16]).AsTask().WaitAsync(Patience.Limit);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
