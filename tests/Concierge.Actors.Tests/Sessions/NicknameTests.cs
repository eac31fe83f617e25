using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Sessions;

public class NicknameTests : ConciergeTest
{
    [Fact]
    public async Task SetNickname_IsToldToEveryone_TheChangerToo_WhoseCopyComesBeforeItsOk()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.SelfSetNickname("Annie"));

        var updated = new ServerPayload.ClientUpdated(ann.Info with { Nickname = "Annie" });
        (await bob.Hear<ServerPayload.ClientUpdated>()).ShouldBe(updated);
        ann.History.TakeLast(2).ShouldBe([updated, new ServerPayload.Ok { Seq = 0 }]);
        await bob.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task WithoutPresence_OneHearsOfOnesOwnNicknameOnly()
    {
        TestClient ann = await Identify("ann", presence: false), bob = await Identify("bob", presence: false);
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.SelfSetNickname("Annie"));

        (await ann.Hear<ServerPayload.ClientUpdated>()).Client.Nickname.ShouldBe("Annie");
        await bob.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task Fetches_ShowTheNewNickname()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.SelfSetNickname("Annie"));

        ClientInfo annie = ann.Info with { Nickname = "Annie" };
        (await ann.Ask<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch())).Client.ShouldBe(annie);
        (await bob.Ask<ServerPayload.ClientFetchResult>(new ClientPayload.ClientFetch(ann.Uuid))).Client.ShouldBe(annie);
        (await bob.Ask<ServerPayload.ClientFetchAllResult>(new ClientPayload.ClientFetchAll())).Clients.ShouldBe([annie, bob.Info]);
    }

    [Fact]
    public async Task Nickname_OfNull_IsNone()
    {
        TestClient ann = await Connect();
        await ann.Identify("ann", nickname: "Ann");
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.SelfSetNickname(null));

        (await ann.Hear<ServerPayload.ClientUpdated>()).Client.ShouldBe(new ClientInfo("ann", null, ann.Uuid, []));
    }

    // What comes before the data is kept from message to message.
    [Fact]
    public async Task Origins_ShowTheNewNickname_FromTheNextMessageOn_WhateverTheTarget()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", bob);
        await Join("lobby", ann, bob);
        ClientPayload.Message[] messages = [To(bob, "1"), ToAll("1"), ToService("news", "1"), ToRoom("lobby", "1")];
        foreach (ClientPayload.Message message in messages)
        {
            string nickname = $"to {message.Target}";
            _ = ann.Send(message, new ClientPayload.SelfSetNickname(nickname), message, new ClientPayload.SelfSetNickname(null), message);

            (await bob.Hear<ServerPayload.Message>()).Origin.Client.ShouldBe(ann.Info);
            (await bob.Hear<ServerPayload.ClientUpdated>()).Client.Nickname.ShouldBe(nickname);
            (await bob.Hear<ServerPayload.Message>()).Origin.Client.ShouldBe(ann.Info with { Nickname = nickname });
            (await bob.Hear<ServerPayload.ClientUpdated>()).Client.Nickname.ShouldBeNull();
            (await bob.Hear<ServerPayload.Message>()).Origin.Client.ShouldBe(ann.Info);
        }
    }

    [Fact]
    public async Task Events_ShowTheNewNickname()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Join("lobby", bob);
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.SelfSetNickname("Annie"));
        await bob.Hear<ServerPayload.ClientUpdated>();
        ClientInfo annie = ann.Info with { Nickname = "Annie" };
        await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"));
        (await bob.Hear<ServerPayload.RoomClientJoined>()).Client.ShouldBe(annie);
        ann.Disconnect();

        (await bob.Hear<ServerPayload.RoomClientLeft>()).Client.ShouldBe(annie);
        (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(annie);
    }

    [Fact]
    public async Task AClient_ThatLeavesWhileItsNicknameChanges_StaysGone()
    {
        TestClient bob = await Identify("bob");
        for (int i = 0; i < 20; i++)
        {
            TestClient hasty = await Identify("hasty");
            await bob.Hear<ServerPayload.ClientJoined>();
            _ = hasty.Send(new ClientPayload.SelfSetNickname("late"));
            hasty.Disconnect();
            ServerPayload heard = await bob.Hear();
            if (heard is ServerPayload.ClientUpdated) heard = await bob.Hear();
            heard.ShouldBeOfType<ServerPayload.ClientLeft>().Client.Uuid.ShouldBe(hasty.Uuid);
        }
        await bob.HearsNothingElseFrom(bob);
    }
}
