using Concierge.Protocol;

namespace Concierge.Client.Tests;

public sealed class DisposeTests
{
    private static readonly Target Bob = new Target.ToName("bob");
    private readonly FakeConcierge _concierge = new();

    [Fact]
    public async Task Dispose_SendsWhatWasPosted_ThenClosesNormally()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        for (var n = 0; n < 10; n++)
            await client.PostAsync(Bob, RawJson.From($"{n}"));

        await client.DisposeAsync().AsTask().InTime();

        (await connection.ClosedByClient.InTime()).ShouldBe(CloseCode.Normal);
        for (var n = 0; n < 10; n++)
            (await connection.ReadAsync<ClientPayload.Message>()).Data.ToString().ShouldBe($"{n}");
    }

    [Fact]
    public async Task Dispose_EndsTheClientWithoutAFuss()
    {
        var lost = false;
        var (client, _) = await _concierge.ConnectAsync(attach: client => client.Disconnected += (_, _) =>
        {
            lost = true;
            return default;
        });

        await client.DisposeAsync().AsTask().InTime();
        await client.DisposeAsync().AsTask().InTime();

        await client.Completion.InTime();
        lost.ShouldBeFalse();
        client.State.ShouldBe(ConnectionState.Closed);
        await Should.ThrowAsync<ObjectDisposedException>(client.FetchSelfAsync());
    }

    [Fact]
    public async Task Dispose_FailsWhatWasUnderWay()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        var fetching = client.FetchSelfAsync();
        await connection.ReadAsync<ClientPayload.SelfFetch>();

        await client.DisposeAsync().AsTask().InTime();

        await Should.ThrowAsync<ConciergeClosedException>(fetching.InTime());
    }

    [Fact]
    public async Task Dispose_ByAHandler_DoesNotWaitForItself()
    {
        ConciergeClient? it = null;
        var (client, connection) = await _concierge.ConnectAsync(attach: client =>
        {
            it = client;
            client.ClientJoined += async (_, _) => await it.DisposeAsync();
        });

        connection.Say(new ServerPayload.ClientJoined(new ClientInfo("bob", null, Guid.NewGuid(), [])));

        await client.Completion.InTime();
        client.State.ShouldBe(ConnectionState.Closed);
    }

    [Fact]
    public async Task Dispose_WhileTheConciergeTakesNothing_CutsTheConnectionOff()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        connection.Congestion = new TaskCompletionSource().Task;
        await client.PostAsync(Bob, RawJson.Null);

        var disposing = client.DisposeAsync().AsTask();
        await _concierge.Clock.TimerAsync(TimeSpan.FromSeconds(2));
        _concierge.Clock.Advance(TimeSpan.FromSeconds(2));

        await disposing.InTime();
        connection.ClosedByClient.IsCompleted.ShouldBeFalse();
    }
}
