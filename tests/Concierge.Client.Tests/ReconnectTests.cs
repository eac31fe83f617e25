using Concierge.Protocol;

namespace Concierge.Client.Tests;

public sealed class ReconnectTests : IAsyncLifetime
{
    private readonly FakeConcierge _concierge = new();
    private readonly Recording<Disconnection> _disconnected = new();
    private readonly Recording<Reconnection> _reconnected = new();
    private readonly Recording<ClientFault> _faults = new();
    private ConciergeClient _client = null!;
    private FakeConnection _connection = null!;

    public async Task InitializeAsync() => (_client, _connection) = await _concierge.ConnectAsync(attach: client =>
    {
        client.Disconnected += _disconnected.Handle;
        client.Reconnected += _reconnected.Handle;
        client.Faulted += _faults.Handle;
    });

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Fact]
    public async Task LostConnection_ComesBackUnderTheSameNameWithAnotherUuid()
    {
        _connection.Close(CloseCode.GoingAway);
        var lost = await _disconnected.NextAsync();
        lost.WillRetry.ShouldBeTrue();
        lost.Reason.Code.ShouldBe(CloseCode.GoingAway);

        var next = await _concierge.ReconnectAsync();

        (await _reconnected.NextAsync()).Uuid.ShouldBe(next.Uuid);
        _client.Uuid.ShouldBe(next.Uuid);
        _client.State.ShouldBe(ConnectionState.Connected);
    }

    [Fact]
    public async Task LostConnection_MakesServicesThenSubscriptionsAgain_AndNumbersFromZero()
    {
        await CreateAsync("chat");
        await SubscribeAsync("chat");
        await SubscribeAsync("weather");

        _connection.Close(CloseCode.HeartbeatFailed);
        var next = await _concierge.ReconnectAsync();

        (await next.ReadAsync<ClientPayload.ServiceCreate>()).ShouldBe(new ClientPayload.ServiceCreate("chat", "The chat"));
        next.Say(new ServerPayload.ServiceCreateResult(true, Service("chat", next.Uuid)) { Seq = 0 });
        (await next.ReadAsync<ClientPayload.SelfSubscribe>()).Service.ShouldBe("chat");
        next.Say(new ServerPayload.SelfSubscribeResult(true, Service("chat", next.Uuid)) { Seq = 1 });
        (await next.ReadAsync<ClientPayload.SelfSubscribe>()).Service.ShouldBe("weather");
        next.Say(new ServerPayload.SelfSubscribeResult(true, Service("weather", Guid.NewGuid())) { Seq = 2 });
        var reconnection = await _reconnected.NextAsync();
        reconnection.LostServices.ShouldBeEmpty();
        reconnection.LostSubscriptions.ShouldBeEmpty();
    }

    [Fact]
    public async Task LostConnection_WithWhatWasGivenUp_DoesNotMakeItAgain()
    {
        await CreateAsync("chat");
        await SubscribeAsync("weather");
        var deleting = _client.DeleteServiceAsync("chat");
        await _connection.ReadAsync<ClientPayload.ServiceDelete>();
        _connection.Say(new ServerPayload.ServiceDeleteResult(Service("chat", _connection.Uuid)) { Seq = 2 });
        await deleting.InTime();
        var unsubscribing = _client.UnsubscribeAsync("weather");
        await _connection.ReadAsync<ClientPayload.SelfUnsubscribe>();
        _connection.Say(new ServerPayload.SelfUnsubscribeResult(true, Service("weather", Guid.NewGuid())) { Seq = 3 });
        await unsubscribing.InTime();

        _connection.Close(CloseCode.GoingAway);
        var next = await _concierge.ReconnectAsync();

        await _reconnected.NextAsync();
        next.HasNothingMore.ShouldBeTrue();
    }

    [Fact]
    public async Task LostConnection_WhenAnotherTookTheService_TellsAndLeavesItAlone()
    {
        await CreateAsync("chat");

        _connection.Close(CloseCode.GoingAway);
        var second = await _concierge.ReconnectAsync();
        await second.ReadAsync<ClientPayload.ServiceCreate>();
        second.Say(new ServerPayload.ServiceCreateResult(false, Service("chat", Guid.NewGuid())) { Seq = 0 });
        (await _reconnected.NextAsync()).LostServices.ShouldBe(["chat"]);

        second.Close(CloseCode.GoingAway);
        var third = await _concierge.ReconnectAsync();
        (await _reconnected.NextAsync()).LostServices.ShouldBeEmpty();
        third.HasNothingMore.ShouldBeTrue();
    }

    [Fact]
    public async Task LostConnection_JoinsRoomsAgain_AfterTheSubscriptions()
    {
        await JoinAsync("lobby");
        await SubscribeAsync("chat");

        _connection.Close(CloseCode.GoingAway);
        var next = await _concierge.ReconnectAsync();

        await next.ReadAsync<ClientPayload.SelfSubscribe>();
        next.Say(new ServerPayload.SelfSubscribeResult(true, Service("chat", Guid.NewGuid())) { Seq = 0 });
        (await next.ReadAsync<ClientPayload.RoomJoin>()).Room.ShouldBe("lobby");
        next.Say(new ServerPayload.RoomJoinResult(true, new RoomInfo("lobby", [next.Uuid])) { Seq = 1 });
        (await _reconnected.NextAsync()).LostRooms.ShouldBeEmpty();
    }

    [Fact]
    public async Task LostConnection_WithARoomThatWasLeft_DoesNotJoinItAgain()
    {
        await JoinAsync("lobby");
        var leaving = _client.LeaveRoomAsync("lobby");
        await _connection.ReadAsync<ClientPayload.RoomLeave>();
        _connection.Say(new ServerPayload.InvalidRoom("lobby") { Seq = 1 });
        await Should.ThrowAsync<RequestRefusedException>(leaving.InTime());

        _connection.Close(CloseCode.GoingAway);
        var next = await _concierge.ReconnectAsync();

        await _reconnected.NextAsync();
        next.HasNothingMore.ShouldBeTrue();
    }

    [Fact]
    public async Task WhileItIsRestored_WhatIsGivenUpIsNotMadeAgain()
    {
        await SubscribeAsync("chat");
        await JoinAsync("lobby");

        _connection.Close(CloseCode.GoingAway);
        var next = await _concierge.ReconnectAsync();
        await next.ReadAsync<ClientPayload.SelfSubscribe>();
        var leaving = _client.LeaveRoomAsync("lobby");
        await next.ReadAsync<ClientPayload.RoomLeave>();
        next.Say(new ServerPayload.SelfSubscribeResult(true, Service("chat", Guid.NewGuid())) { Seq = 0 });
        next.Say(new ServerPayload.InvalidRoom("lobby") { Seq = 1 });

        await Should.ThrowAsync<RequestRefusedException>(leaving.InTime());
        await _reconnected.NextAsync();
        next.HasNothingMore.ShouldBeTrue();
    }

    [Fact]
    public async Task WhileItIsRestored_WhatIsGivenUpBeforeItsAnswerIsUndone()
    {
        await JoinAsync("lobby");

        _connection.Close(CloseCode.GoingAway);
        var next = await _concierge.ReconnectAsync();
        await next.ReadAsync<ClientPayload.RoomJoin>();
        var leaving = _client.LeaveRoomAsync("lobby");
        await next.ReadAsync<ClientPayload.RoomLeave>();
        next.Say(new ServerPayload.RoomJoinResult(true, new RoomInfo("lobby", [next.Uuid])) { Seq = 0 });

        // Which of the two was sent first nobody knows: leaving twice is safe.
        (await next.ReadAsync<ClientPayload.RoomLeave>()).Room.ShouldBe("lobby");
        next.Say(new ServerPayload.RoomLeaveResult(true, new RoomInfo("lobby", [])) { Seq = 1 });
        next.Say(new ServerPayload.InvalidRoom("lobby") { Seq = 2 });
        await leaving.InTime();
        await _reconnected.NextAsync();
    }

    [Fact]
    public async Task LostConnection_WhenARoomIsClosedToTheClient_TellsAndLeavesItAlone()
    {
        await JoinAsync("lobby");

        _connection.Close(CloseCode.GoingAway);
        var second = await _concierge.ReconnectAsync();
        await second.ReadAsync<ClientPayload.RoomJoin>();
        second.Say(new ServerPayload.Bad { Seq = 0 });
        (await _reconnected.NextAsync()).LostRooms.ShouldBe(["lobby"]);

        second.Close(CloseCode.GoingAway);
        var third = await _concierge.ReconnectAsync();
        (await _reconnected.NextAsync()).LostRooms.ShouldBeEmpty();
        third.HasNothingMore.ShouldBeTrue();
    }

    [Fact]
    public async Task LostConnection_ComesBackUnderItsPresentNickname()
    {
        var first = _client.SetNicknameAsync("First");
        var second = _client.SetNicknameAsync("Second");
        var refused = _client.SetNicknameAsync("Refused");
        for (var seq = 0; seq < 3; seq++)
            await _connection.ReadAsync<ClientPayload.SelfSetNickname>();
        // Whichever answer is seen first, the last name counts that was given.
        _connection.Say(new ServerPayload.Ok { Seq = 1 });
        await second.InTime();
        _connection.Say(new ServerPayload.Ok { Seq = 0 });
        await first.InTime();
        _connection.Say(new ServerPayload.ErrorProtocol("no") { Seq = 2 });
        await Should.ThrowAsync<RequestRefusedException>(refused.InTime());

        _connection.Close(CloseCode.GoingAway);
        await _concierge.LetRetryAsync();
        var next = await _concierge.AcceptAsync();

        (await next.WelcomeAsync()).Nickname.ShouldBe("Second");
        await _reconnected.NextAsync();
    }

    [Fact]
    public async Task LostSubscription_IsMadeAsSoonAsTheServiceIsBack()
    {
        await SubscribeAsync("chat");

        _connection.Close(CloseCode.GoingAway);
        var next = await _concierge.ReconnectAsync();
        await next.ReadAsync<ClientPayload.SelfSubscribe>();
        next.Say(new ServerPayload.InvalidService("chat") { Seq = 0 });
        (await _reconnected.NextAsync()).LostSubscriptions.ShouldBe(["chat"]);
        next.Say(new ServerPayload.ServiceCreateResult(true, Service("chat", Guid.NewGuid())));

        (await next.ReadAsync<ClientPayload.SelfSubscribe>()).Service.ShouldBe("chat");
    }

    [Fact]
    public async Task DeletedService_WhenCreatedAgain_IsSubscribedToAgain()
    {
        await SubscribeAsync("chat");

        _connection.Say(new ServerPayload.ServiceDeleteResult(Service("chat", Guid.NewGuid())));
        _connection.Say(new ServerPayload.ServiceCreateResult(true, Service("chat", Guid.NewGuid())));

        (await _connection.ReadAsync<ClientPayload.SelfSubscribe>()).Service.ShouldBe("chat");
    }

    [Fact]
    public async Task WhileReconnecting_RequestsFailAtOnce()
    {
        _connection.Close(CloseCode.GoingAway);
        await _disconnected.NextAsync();

        var failure = await Should.ThrowAsync<ConciergeClosedException>(_client.FetchSelfAsync().InTime());

        failure.Message.ShouldContain("nothing was sent");
        _client.State.ShouldBe(ConnectionState.Reconnecting);
    }

    [Fact]
    public async Task WhileReconnecting_ATakenNameIsTriedAgain()
    {
        _connection.Close(CloseCode.GoingAway);
        await _concierge.LetRetryAsync();
        (await _concierge.AcceptAsync()).Close(CloseCode.DuplicateAuth);
        var fault = await _faults.NextAsync();
        fault.Kind.ShouldBe(ClientFaultKind.Reconnect);
        fault.Exception.ShouldBeOfType<ConciergeClosedException>().Code.ShouldBe(CloseCode.DuplicateAuth);

        var next = await _concierge.ReconnectAsync();

        (await _reconnected.NextAsync()).Uuid.ShouldBe(next.Uuid);
    }

    [Theory]
    [InlineData(CloseCode.BadSecret)]
    [InlineData(CloseCode.BadVersion)]
    [InlineData(CloseCode.BadAuth)]
    public async Task WhileReconnecting_ARefusalThatStaysEndsTheClient(CloseCode code)
    {
        _connection.Close(CloseCode.GoingAway);
        (await _disconnected.NextAsync()).WillRetry.ShouldBeTrue();
        await _concierge.LetRetryAsync();
        (await _concierge.AcceptAsync()).Close(code);

        var end = await _disconnected.NextAsync();

        end.WillRetry.ShouldBeFalse();
        end.Reason.Code.ShouldBe(code);
        _client.State.ShouldBe(ConnectionState.Closed);
        (await Should.ThrowAsync<ConciergeClosedException>(_client.Completion.InTime())).Code.ShouldBe(code);
        (await Should.ThrowAsync<ConciergeClosedException>(_client.FetchSelfAsync().InTime())).Code.ShouldBe(code);
    }

    [Fact]
    public async Task LostAgainWhileRestoring_IsAnotherAttempt()
    {
        await SubscribeAsync("chat");
        _connection.Close(CloseCode.GoingAway);
        var second = await _concierge.ReconnectAsync();
        await second.ReadAsync<ClientPayload.SelfSubscribe>();

        second.Close(CloseCode.GoingAway);
        var third = await _concierge.ReconnectAsync();
        await third.ReadAsync<ClientPayload.SelfSubscribe>();
        third.Say(new ServerPayload.SelfSubscribeResult(true, Service("chat", Guid.NewGuid())) { Seq = 0 });

        (await _reconnected.NextAsync()).Uuid.ShouldBe(third.Uuid);
    }

    [Fact]
    public async Task Dispose_WhileReconnecting_EndsTheClient()
    {
        _connection.Close(CloseCode.GoingAway);
        await _disconnected.NextAsync();

        await _client.DisposeAsync().AsTask().InTime();

        _client.State.ShouldBe(ConnectionState.Closed);
        await _client.Completion.InTime();
    }

    [Fact]
    public async Task WithoutReconnects_TheFirstLossIsTheEnd()
    {
        var (client, connection) = await _concierge.ConnectAsync(new ConciergeClientOptions
        {
            Name = "bob",
            Reconnect = ReconnectPolicy.Never,
            TimeProvider = _concierge.Clock,
        });
        await using var _ = client;

        connection.Close(CloseCode.GoingAway);

        (await Should.ThrowAsync<ConciergeClosedException>(client.Completion.InTime())).Code.ShouldBe(CloseCode.GoingAway);
    }

    private async Task CreateAsync(string service)
    {
        var creating = _client.CreateServiceAsync(service, "The chat");
        await _connection.ReadAsync<ClientPayload.ServiceCreate>();
        _connection.Say(new ServerPayload.ServiceCreateResult(true, Service(service, _connection.Uuid)) { Seq = _asked++ });
        await creating.InTime();
    }

    private async Task SubscribeAsync(string service)
    {
        var subscribing = _client.SubscribeAsync(service);
        await _connection.ReadAsync<ClientPayload.SelfSubscribe>();
        _connection.Say(new ServerPayload.SelfSubscribeResult(true, Service(service, Guid.NewGuid())) { Seq = _asked++ });
        await subscribing.InTime();
    }

    private async Task JoinAsync(string room)
    {
        var joining = _client.JoinRoomAsync(room);
        await _connection.ReadAsync<ClientPayload.RoomJoin>();
        _connection.Say(new ServerPayload.RoomJoinResult(true, new RoomInfo(room, [_connection.Uuid])) { Seq = _asked++ });
        await joining.InTime();
    }

    private long _asked;

    private static ServiceInfo Service(string name, Guid owner) => new(name, name == "chat" ? "The chat" : null, owner, []);
}
