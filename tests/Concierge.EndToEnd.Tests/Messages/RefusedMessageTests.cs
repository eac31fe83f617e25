using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Messages;

/// <summary>What a message is refused with that can't be passed on.</summary>
public class RefusedMessageTests(SharedNode shared) : SharedNodeTests(shared)
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";

    [Theory]
    [InlineData("nobody_of_that_name")]
    [InlineData("not even a name!")]
    [InlineData("")]
    public async Task NameOfNobody_IsInvalidName(string name)
    {
        WireClient sender = await Node.JoinAsync();

        await sender.SendAsync(Payloads.Message(Payloads.ToName(name)));

        await sender.ExpectAsync($$"""{"type":"INVALID_NAME","seq":0,"name":"{{name}}"}""");
    }

    [Fact]
    public async Task UuidOfNobody_IsInvalidUuid()
    {
        WireClient sender = await Node.JoinAsync();

        await sender.SendAsync(Payloads.Message(Payloads.ToUuid(Nobody)));

        await sender.ExpectAsync($$"""{"type":"INVALID_UUID","seq":0,"uuid":"{{Nobody}}"}""");
    }

    [Fact]
    public async Task ServiceThatIsNotThere_IsInvalidService()
    {
        WireClient sender = await Node.JoinAsync();
        string name = Unique("nowhere");

        await sender.PipelineAsync([Payloads.Message(Payloads.ToService(name)), Payloads.Message(Payloads.ToServiceClient(name, sender.Uuid))]);

        await sender.ExpectAsync($$"""{"type":"INVALID_SERVICE","seq":0,"service":"{{name}}"}""");
        await sender.ExpectAsync($$"""{"type":"INVALID_SERVICE","seq":1,"service":"{{name}}"}""");
    }

    [Fact]
    public async Task Service_FromNeitherOwnerNorSubscriber_IsBad_AndReachesNobody()
    {
        WireClient owner = await Node.JoinAsync(), subscriber = await Node.JoinAsync(), stranger = await Node.JoinAsync();
        string name = Unique("service");
        await owner.CreateServiceAsync(name);
        await subscriber.SubscribeAsync(name);

        await stranger.SendAsync(Payloads.Message(Payloads.ToService(name)));

        await stranger.ExpectAsync(Payloads.Bad(0));
        await owner.ShouldBeUndisturbedAsync();
        await subscriber.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task Service_AfterUnsubscribing_IsBad()
    {
        WireClient owner = await Node.JoinAsync(), subscriber = await Node.JoinAsync();
        string name = Unique("service");
        await owner.CreateServiceAsync(name);
        await subscriber.SubscribeAsync(name);
        await subscriber.AskAsync($$"""{"type":"SELF_UNSUBSCRIBE","service":"{{name}}"}""");

        await subscriber.SendAsync(Payloads.Message(Payloads.ToService(name)));

        await subscriber.ExpectAsync(Payloads.Bad(2));
    }

    [Fact]
    public async Task ServiceClientUuid_FromAnyButTheOwner_IsBad_AndReachesNobody()
    {
        WireClient owner = await Node.JoinAsync(), subscriber = await Node.JoinAsync(), other = await Node.JoinAsync();
        string name = Unique("service");
        await owner.CreateServiceAsync(name);
        await subscriber.SubscribeAsync(name);

        await subscriber.SendAsync(Payloads.Message(Payloads.ToServiceClient(name, other.Uuid)));

        await subscriber.ExpectAsync(Payloads.Bad(1));
        await other.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task ServiceClientUuid_OfNobody_IsInvalidUuid()
    {
        WireClient owner = await Node.JoinAsync();
        string name = Unique("service");
        await owner.CreateServiceAsync(name);

        await owner.SendAsync(Payloads.Message(Payloads.ToServiceClient(name, Nobody)));

        await owner.ExpectAsync($$"""{"type":"INVALID_UUID","seq":1,"uuid":"{{Nobody}}"}""");
    }

    [Theory]
    [InlineData("""{"type":"MESSAGE"}""", "target")]
    [InlineData("""{"type":"MESSAGE","data":1}""", "target")]
    [InlineData("""{"type":"MESSAGE","target":{"type":"ALL"}}""", "data")]
    [InlineData("""{"type":"MESSAGE","target":"ALL","data":1}""", "target")]
    [InlineData("""{"type":"MESSAGE","target":null,"data":1}""", "target")]
    [InlineData("""{"type":"MESSAGE","target":{},"data":1}""", "type")]
    [InlineData("""{"type":"MESSAGE","target":{"type":"EVERYBODY"},"data":1}""", "type")]
    [InlineData("""{"type":"MESSAGE","target":{"type":5},"data":1}""", "type")]
    [InlineData("""{"type":"MESSAGE","target":{"type":"NAME"},"data":1}""", "name")]
    [InlineData("""{"type":"MESSAGE","target":{"type":"NAME","name":5},"data":1}""", "name")]
    [InlineData("""{"type":"MESSAGE","target":{"type":"UUID","uuid":"no uuid"},"data":1}""", "uuid")]
    [InlineData("""{"type":"MESSAGE","target":{"type":"SERVICE","service":"two words"},"data":1}""", "service")]
    [InlineData("""{"type":"MESSAGE","target":{"type":"SERVICE_CLIENT_UUID","service":"s"},"data":1}""", "uuid")]
    [InlineData("""{"type":"MESSAGE","target":{"type":"SERVICE_CLIENT_UUID","uuid":"00000000-0000-4000-8000-000000000000"},"data":1}""", "service")]
    public async Task FieldMissingOrOfTheWrongType_IsAnErrorThatNamesIt(string message, string field)
    {
        WireClient sender = await Node.JoinAsync();

        JsonElement answer = await sender.AskAsync(message);

        answer.EnumerateObject().Select(it => it.Name).ShouldBe(["type", "seq", "desc"], ignoreOrder: true);
        answer.TypeOf().ShouldBe("ERROR_PROTOCOL");
        answer.GetProperty("seq").GetInt64().ShouldBe(0);
        answer.GetProperty("desc").GetString()!.ShouldContain(field);
    }
}
