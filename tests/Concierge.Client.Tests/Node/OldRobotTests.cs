using System.Net.Sockets;
using System.Text;
using Concierge.Node;
using Concierge.Protocol;
using Concierge.Protocol.JsonStreams;
using Concierge.Protocol.WebSockets;

namespace Concierge.Client.Tests.Node;

// The SDK drives a robot of the older kind, on plain TCP, as it drives a new one; only answers it gets none.
public sealed class OldRobotTests : IAsyncLifetime, IDisposable
{
    private readonly TcpClient _robot = new();
    private readonly ObjectReader _objects = new(Limits.FrameSize);
    private readonly Queue<string> _heard = new();
    private ConciergeNode _node = null!;

    public async Task InitializeAsync()
    {
        _node = await ConciergeNode.StartAsync(["--port", "0", "--set", "concierge.dialects.iot.robot-port=0"]);
        await _robot.ConnectAsync("127.0.0.1", _node.Dialects["iot-robots"].Port);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose() => _robot.Dispose();

    [Fact]
    public async Task RobotConnection_FindsIt_HearsIt_AndDrivesIt()
    {
        await using var client = await ConciergeClient.ConnectAsync(new ConciergeClientOptions { Uri = _node.Url, Name = "driver" }, _ => { });
        (await HearAsync()).ShouldContain("Welcome");
        await SayAsync("""{"type":"self_info","data":{"name":"Rover","id":"r1"}}""");
        var found = await RobotConnection.FindAsync(client);
        while (found.IsEmpty) found = await RobotConnection.FindAsync(client);
        (found[0].Id, found[0].Name).ShouldBe(("r1", "Rover"));
        var orientation = new TaskCompletionSource<RobotOrientation>();
        await using var robot = await RobotConnection.ConnectAsync(client, "r1", it => it.OrientationReceived += (told, _) =>
        {
            orientation.TrySetResult(told);
            return default;
        });

        await SayAsync("""{"type":"orientation_data","data":{"pitch":1.5,"roll":-2}}""");
        await robot.SendAsync(RobotCommands.Motor, RawJson.From("""{"m1":{"dir":"CW","spd":40}}"""));

        (await orientation.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(new RobotOrientation(1.5, -2));
        (await HearAsync()).ShouldBe("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":40}}}""");
    }

    private async Task SayAsync(string text) => await _robot.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));

    private async Task<string> HearAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[1024];
        while (_heard.Count == 0)
        {
            List<InboundMessage> messages = [];
            var length = await _robot.GetStream().ReadAsync(buffer, patience.Token);
            length.ShouldBePositive();
            _objects.Read(buffer.AsMemory(0, length), messages);
            foreach (var message in messages) _heard.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
        }

        return _heard.Dequeue();
    }
}
