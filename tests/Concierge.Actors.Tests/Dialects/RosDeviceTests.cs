using System.Text;
using Akka.Actor;
using Concierge.Actors.Dialects.RosDevice;
using Concierge.Actors.Sessions;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Dialects;

public class RosDeviceTests : ConciergeTest
{
    private const string Silence = """66{"topic": "/radio_silence_serv", "data": "{\"data\": \"yosh\"}"}""";

    [Fact]
    public async Task ADeviceWithNothingToHear_IsToldSo_WithALengthThatCountsItself()
    {
        string answer = await Exchange("""{"m_id": 3, "data": []}""");
        answer.ShouldBe(Silence);
        Encoding.UTF8.GetByteCount(answer).ShouldBe(66);
        View.TryGetService("ros/3", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("3", """["{\"x\":  1}", "[2]"]""", """[{"x":  1},[2]]""")]
    [InlineData("\"three\"", """["no json", 7, {"y": 1}]""", """["no json",7,{"y": 1}]""")]
    public async Task Readings_ReachTheSubscribers_AsMessages(string id, string data, string messages)
    {
        string name = $"ros/{id.Trim('"')}";
        await Exchange($$"""{"m_id": {{id}}, "data": []}""");
        TestClient ann = await Subscriber("ann", name);

        await Exchange("{\"m_id\": " + id + ", \"data\": " + data + "}");

        var heard = await ann.Hear<ServerPayload.Message>();
        heard.Data.ToString().ShouldBe("{\"type\":\"ros_data\",\"data\":{\"m_id\":" + id + ",\"data\":" + messages + "}}");
        heard.Target.ShouldBe(new Target.ToService(name));
    }

    [Fact]
    public async Task OfEachTopic_TheNewestWaits_OneAnExchange_InTurn()
    {
        await Exchange(Empty);
        TestClient ann = await Subscriber("ann", "ros/3");
        await Say(ann, """{"topic":"/a","data":"{\"n\": 1}"}""", """{"topic":"/b","data":{"n": 2}}""", """{"topic":"/a","data":"{\"n\": 3}"}""");
        await Say(ann, "12", "[]", "{}", """{"topic":7,"data":""}""", """{"topic":"/c"}""", """{"topic":"","data":""}""");

        (await Exchange(Empty)).ShouldEndWith("""{"topic": "/a", "data": "{\"n\": 3}"}""");
        await Say(ann, """{"topic":"/a","data":"{\"n\": 4}"}""");
        (await Exchange(Empty)).ShouldEndWith("""{"topic": "/b", "data": "{\"n\": 2}"}""");
        (await Exchange(Empty)).ShouldEndWith("""{"topic": "/a", "data": "{\"n\": 4}"}""");
        (await Exchange(Empty)).ShouldBe(Silence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(53)]
    [InlineData(54)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(950)]
    [InlineData(953)]
    [InlineData(954)]
    [InlineData(955)]
    public async Task TheLength_CountsItsOwnDigits_AndBytes(int letters)
    {
        await Exchange(Empty);
        TestClient ann = await Subscriber("ann", "ros/3");
        await Say(ann, $$"""{"topic":"/ü","data":"{{new string('x', letters)}}"}""");

        string answer = await Exchange(Empty);

        int length = int.Parse(answer[..answer.IndexOf('{')]);
        Encoding.UTF8.GetByteCount(answer).ShouldBe(length);
    }

    [Fact]
    public async Task WhatWaits_IsBounded_AndTheOldestGoes()
    {
        await Exchange(Empty);
        TestClient ann = await Subscriber("ann", "ros/3");
        await Say(ann, [.. Enumerable.Range(0, 70).Select(it => $$"""{"topic":"/{{it}}","data":"x"}""")]);

        (await Exchange(Empty)).ShouldContain("\"/6\"");
        for (int i = 0; i < 63; i++) (await Exchange(Empty)).ShouldNotBe(Silence);
        (await Exchange(Empty)).ShouldBe(Silence);
    }

    [Fact]
    public async Task ADeviceUnseenFor30Seconds_IsGone_AndOneThatIsSeen_IsNot()
    {
        await Exchange(Empty);
        Advance(29);
        await Exchange(Empty);
        Advance(29);
        await Exchange(Empty);
        View.TryGetService("ros/3", out _).ShouldBeTrue();
        Advance(30);
        await Until(() => !View.TryGetService("ros/3", out _));
        (await Exchange(Empty)).ShouldBe(Silence);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"m_id":1.5,"data":[]}""")]
    [InlineData("""{"m_id":null,"data":[]}""")]
    [InlineData("""{"m_id":"with blanks","data":[]}""")]
    [InlineData("""{"m_id":1}""")]
    [InlineData("""{"m_id":1,"data":"[]"}""")]
    [InlineData("""{"m_id":1,"data":["\ud800"]}""")]
    [InlineData("""{"m_id":1,"data":[]}}""")]
    public void MalformedExchanges_AreRefused_WithAReason(string text)
    {
        RosExchange.TryRead(Encoding.UTF8.GetBytes(text), out _, out string? error).ShouldBeFalse();
        error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task AServiceOfAClientOfTheConcierge_IsNotTaken()
    {
        TestClient owner = await Identify("owner", presence: false);
        await Create(owner, "ros/3");
        await Should.ThrowAsync<TaskCanceledException>(() => Exchange(Empty));
    }

    [Fact]
    public async Task ADrainingNode_ClosesItsDevices()
    {
        await Exchange(Empty);
        await Concierge.Ask<SessionsActor.Drained>(SessionsActor.Drain.Instance).WaitAsync(TimeSpan.FromSeconds(20));
        await Until(() => !View.TryGetService("ros/3", out _));
        await Should.ThrowAsync<TaskCanceledException>(() => Exchange(Empty));
    }

    private const string Empty = """{"m_id": 3, "data": []}""";

    private static async Task Say(TestClient client, params string[] data)
    {
        foreach (string it in data) await client.Ask<ServerPayload.Ok>(ToService("ros/3", it));
    }

    private async Task<string> Exchange(string text)
    {
        RosExchange.TryRead(Encoding.UTF8.GetBytes(text), out RosExchange? exchange, out string? error).ShouldBeTrue(error);
        Concierge.Tell(exchange!);
        return Encoding.UTF8.GetString(await exchange!.Answer.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private async Task<TestClient> Subscriber(string name, string service)
    {
        TestClient client = await Identify(name, presence: false);
        await client.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe(service));
        await client.Hear<ServerPayload.ServiceClientSubscribed>();
        return client;
    }
}
