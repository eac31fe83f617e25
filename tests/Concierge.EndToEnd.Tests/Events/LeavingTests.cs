using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Events;

/// <summary>What happens when a client leaves, in which order, whatever way it goes.</summary>
public class LeavingTests(SharedNode shared) : SharedNodeTests(shared)
{
    private static readonly Dictionary<string, Func<WireClient, Task>> Ways = new()
    {
        ["a closing handshake"] = client => client.LeaveAsync(),
        ["a socket that is closed"] = client => client.DisposeAsync().AsTask(),
        ["a socket that is half closed"] = async client =>
        {
            client.Socket.EndSending();
            await client.Socket.ReadEndAsync();
        },
        ["a frame that breaks the protocol"] = async client =>
        {
            await client.Socket.SendAsync([0xFF, 0xFF]);
            (await client.ReceiveCloseAsync()).ShouldBe(1002);
        },
    };

    public static TheoryData<string> WaysToGo => new(Ways.Keys);

    [Theory]
    [MemberData(nameof(WaysToGo))]
    public async Task ItsServicesGo_ThenItsSubscriptions_ThenItself_AndItsNameIsFree(string way)
    {
        WireClient leaver = await Node.JoinAsync(nickname: "Leaver"), owner = await Node.JoinAsync(presence: true);
        string own = Unique("own"), other = Unique("other");
        await leaver.CreateServiceAsync(own);
        await owner.ReceiveAsync(); // SERVICE_CREATE_RESULT
        await owner.SubscribeAsync(own);
        await owner.CreateServiceAsync(other);
        await owner.SubscribeAsync(other);
        await leaver.SubscribeAsync(other);
        await owner.ReceiveAsync(); // SERVICE_CLIENT_SUBSCRIBED

        await Ways[way](leaver);

        await owner.ExpectAsync($$"""{"type":"SERVICE_DELETE_RESULT","service":{{Payloads.Service(own, leaver)}}}""");
        await owner.ExpectAsync($$"""{"type":"SERVICE_CLIENT_UNSUBSCRIBED","client":{{leaver.Info}},"service":{{Payloads.Service(other, owner)}}}""");
        await owner.ExpectAsync($$"""{"type":"CLIENT_LEFT","client":{{leaver.Info}}}""");
        WireClient heir = await Node.JoinAsync(leaver.Name);
        heir.Uuid.ShouldNotBe(leaver.Uuid);
        await heir.CreateServiceAsync(own);
        await owner.ExpectAsync($$"""{"type":"CLIENT_JOINED","client":{{heir.Info}}}""");
    }

    [Fact]
    public async Task OnceItHasLeft_NobodyFindsIt()
    {
        WireClient leaver = await Node.JoinAsync(), other = await Node.JoinAsync(presence: true);
        string service = Unique("service");
        await leaver.CreateServiceAsync(service);
        await other.ReceiveAsync(); // SERVICE_CREATE_RESULT

        await leaver.LeaveAsync();
        await other.ReceiveAsync(); // SERVICE_DELETE_RESULT
        await other.ReceiveAsync(); // CLIENT_LEFT
        await other.PipelineAsync(
        [
            Payloads.Message(Payloads.ToName(leaver.Name)), Payloads.Message(Payloads.ToUuid(leaver.Uuid)), Payloads.Message(Payloads.ToService(service)),
            $$"""{"type":"CLIENT_FETCH","uuid":"{{leaver.Uuid}}"}""", """{"type":"SERVICE_FETCH_ALL"}""",
        ]);

        await other.ExpectAsync($$"""{"type":"INVALID_NAME","seq":0,"name":"{{leaver.Name}}"}""");
        await other.ExpectAsync($$"""{"type":"INVALID_UUID","seq":1,"uuid":"{{leaver.Uuid}}"}""");
        await other.ExpectAsync($$"""{"type":"INVALID_SERVICE","seq":2,"service":"{{service}}"}""");
        await other.ExpectAsync($$"""{"type":"INVALID_UUID","seq":3,"uuid":"{{leaver.Uuid}}"}""");
        await other.ExpectAsync("""{"type":"SERVICE_FETCH_ALL_RESULT","seq":4,"services":[]}""");
    }

    [Fact]
    public async Task MessagesSentRightBeforeLeaving_StillArrive()
    {
        WireClient leaver = await Node.JoinAsync(), receiver = await Node.JoinAsync();
        string target = Payloads.ToUuid(receiver.Uuid);

        await leaver.Socket.SendAsync(
            [.. Frame.Masked(Payloads.Message(target, "1")), .. Frame.Masked(Payloads.Message(target, "2")), .. Frame.MaskedClose(1000)]);

        await receiver.ExpectAsync(Payloads.Received(leaver, target, "1"));
        await receiver.ExpectAsync(Payloads.Received(leaver, target, "2"));
        await leaver.ExpectAsync(Payloads.Ok(0));
        await leaver.ExpectAsync(Payloads.Ok(1));
        (await leaver.ReceiveCloseAsync()).ShouldBe(1000);
    }
}
