using System.Diagnostics;
using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>
/// One client talks to another without a pause while something happens around them: numbered messages, by every target in
/// turn, each sent when the one before was answered. In the end all of them must have arrived, once and in order.
/// </summary>
internal sealed class Conversation
{
    /// <summary>A hundred messages a second.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly Task<int> _talking;
    private readonly Task<List<int>> _listening;
    private volatile bool _ending;
    private volatile int _said;

    private Conversation(WireClient speaker, WireClient listener, string[] targets)
    {
        _talking = Task.Run(() => TalkAsync(speaker, targets));
        _listening = Task.Run(() => ListenAsync(speaker, listener));
    }

    /// <summary>The longest time for which the speaker waited for an answer.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>Has two clients begin that do nothing else until the <see cref="EndAsync">end</see>.</summary>
    public static async Task<Conversation> BeginAsync(WireClient speaker, WireClient listener)
    {
        string service = NodeProcess.Unique("talk");
        await speaker.SucceedAsync($$"""{"type":"SERVICE_CREATE","service":"{{service}}"}""");
        await listener.SucceedAsync($$"""{"type":"SELF_SUBSCRIBE","service":"{{service}}"}""");
        foreach (WireClient client in (WireClient[])[speaker, listener]) await client.SucceedAsync($$"""{"type":"ROOM_JOIN","room":"{{service}}"}""");
        return new Conversation(speaker, listener,
        [
            Payloads.ToUuid(listener.Uuid), Payloads.ToName(listener.Name), Payloads.ToAll, Payloads.ToService(service),
            Payloads.ToServiceClient(service, listener.Uuid), Payloads.ToRoom(service),
        ]);
    }

    /// <summary>Waits until so many more messages were sent.</summary>
    public async Task ContinueAsync(int messages)
    {
        int until = _said + messages;
        using var looks = new PeriodicTimer(Pace);
        while (_said < until && !_talking.IsCompleted) await looks.WaitForNextTickAsync();
    }

    /// <summary>Has the speaker say its last, and checks what the listener has heard.</summary>
    /// <returns>How many messages it was.</returns>
    public async Task<int> EndAsync()
    {
        _ending = true;
        int said = await _talking;
        (await _listening).ShouldBe(Enumerable.Range(0, said));
        return said;
    }

    private async Task<int> TalkAsync(WireClient speaker, string[] targets)
    {
        using var pace = new PeriodicTimer(Pace);
        for (bool isLast = false; !isLast; _said++)
        {
            int number = _said;
            isLast = _ending;
            var asked = Stopwatch.StartNew();
            string target = targets[number % targets.Length];
            await speaker.SendAsync(Payloads.Message(target, $$"""{"number":{{number}},"last":{{(isLast ? "true" : "false")}}}"""));
            (await speaker.ReceiveAnswerAsync()).TypeOf().ShouldBe("OK", target);
            if (asked.Elapsed > LongestWait) LongestWait = asked.Elapsed;
            await pace.WaitForNextTickAsync();
        }

        return _said;
    }

    private static async Task<List<int>> ListenAsync(WireClient speaker, WireClient listener)
    {
        List<int> heard = [];
        while (true)
        {
            JsonElement payload = await listener.ReceiveAsync();
            if (payload.TypeOf() != "MESSAGE" || payload.GetProperty("origin").GetProperty("uuid").GetString() != speaker.Uuid) continue;
            JsonElement data = payload.GetProperty("data");
            heard.Add(data.GetProperty("number").GetInt32());
            if (data.GetProperty("last").GetBoolean()) return heard;
        }
    }
}
