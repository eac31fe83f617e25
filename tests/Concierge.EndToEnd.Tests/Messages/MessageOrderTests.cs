using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Messages;

/// <summary>Two messages from one client to one receiver arrive in the order sent, whatever their targets.</summary>
public class MessageOrderTests(SharedNode shared) : SharedNodeTests(shared)
{
    private const int Rounds = 1000;

    [Fact]
    public async Task BroadcastThenDirectMessage_ThousandTimesPipelined_ArriveInTurn()
    {
        WireClient owner = await Node.JoinAsync(), receiver = await Node.JoinAsync();
        string service = Unique("service");
        await owner.CreateServiceAsync(service);
        await receiver.SubscribeAsync(service);
        string[] targets =
        [
            Payloads.ToService(service), Payloads.ToName(receiver.Name), Payloads.ToServiceClient(service, receiver.Uuid), Payloads.ToUuid(receiver.Uuid),
        ];

        Task sending = owner.PipelineAsync(Enumerable.Range(0, Rounds * targets.Length).Select(i => Payloads.Message(targets[i % targets.Length], $"{i}")));

        for (int i = 0; i < Rounds * targets.Length; i++)
        {
            var message = await receiver.ReceiveAsync();
            message.GetProperty("data").GetInt32().ShouldBe(i);
            message.GetProperty("target").ShouldBeJson(targets[i % targets.Length]);
        }

        await sending;
        for (int i = 0; i < Rounds * targets.Length; i++) await owner.ExpectAsync(Payloads.Ok(i + 1));
    }

    [Fact]
    public async Task MessagesToAll_ThousandTimesPipelined_ReachTheSenderEachBeforeItsOk()
    {
        WireClient sender = await Node.JoinAsync(), receiver = await Node.JoinAsync();

        Task sending = sender.PipelineAsync(Enumerable.Range(0, Rounds).Select(i => Payloads.Message(Payloads.ToAll, $"{i}")));

        for (int i = 0; i < Rounds; i++)
        {
            await sender.ExpectAsync(Payloads.Received(sender, Payloads.ToAll, $"{i}"));
            await sender.ExpectAsync(Payloads.Ok(i));
        }

        await sending;
        for (int i = 0; i < Rounds; i++) (await receiver.ReceiveAsync()).GetProperty("data").GetInt32().ShouldBe(i);
    }

    [Fact]
    public async Task ManySendersToOneReceiver_EachKeepsItsOrder()
    {
        WireClient receiver = await Node.JoinAsync();
        WireClient[] senders = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Node.JoinAsync()));
        string[] targets = [Payloads.ToName(receiver.Name), Payloads.ToUuid(receiver.Uuid)];

        Task sending = Task.WhenAll(senders.Select(
            sender => sender.PipelineAsync(Enumerable.Range(0, Rounds).Select(i => Payloads.Message(targets[i % 2], $"{i}")))));

        var next = senders.ToDictionary(sender => sender.Uuid, _ => 0);
        for (int i = 0; i < Rounds * senders.Length; i++)
        {
            var message = await receiver.ReceiveAsync();
            string sender = message.GetProperty("origin").GetProperty("uuid").GetString()!;
            message.GetProperty("data").GetInt32().ShouldBe(next[sender]++);
        }

        await sending;
    }
}
