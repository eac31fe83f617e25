using Concierge.EndToEnd.Tests.Events;
using Concierge.EndToEnd.Tests.Files;
using Concierge.EndToEnd.Tests.Messages;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Rooms;
using Concierge.EndToEnd.Tests.Services;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>Three nodes in place of one: each client is connected to another node than the one before.</summary>
public sealed class SharedCluster : SharedNode
{
    private TestCluster? _cluster;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    protected override async Task<(NodeProcess Node, int Nodes)> StartNodeAsync()
    {
        _cluster = await TestCluster.StartAsync(output: null);
        _cluster[0].SpreadClientsOver(_cluster[1], _cluster[2]);
        return (_cluster[0], 3);
    }
}

// What the protocol says holds whatever nodes the clients are on: the same tests as for one node.

[CollectionDefinition(nameof(SharedCluster))]
public sealed class EveryNode : ICollectionFixture<SharedCluster>;

[Collection(nameof(SharedCluster))]
public sealed class TargetsOnEveryNode(SharedCluster shared) : TargetTests(shared);

[Collection(nameof(SharedCluster))]
public sealed class MessageOrderOnEveryNode(SharedCluster shared) : MessageOrderTests(shared);

[Collection(nameof(SharedCluster))]
public sealed class RefusedMessagesOnEveryNode(SharedCluster shared) : RefusedMessageTests(shared);

[Collection(nameof(SharedCluster))]
public sealed class VerbatimDataOnEveryNode(SharedCluster shared) : VerbatimDataTests(shared);

[Collection(nameof(SharedCluster))]
public sealed class ServicesOnEveryNode(SharedCluster shared) : ServiceTests(shared);

[Collection(nameof(SharedCluster))]
public sealed class SubscriptionsOnEveryNode(SharedCluster shared) : SubscriptionTests(shared);

[Collection(nameof(SharedCluster))]
public sealed class RoomsOnEveryNode(SharedCluster shared) : RoomTests(shared);

[Collection(nameof(SharedCluster))]
public sealed class PresenceOnEveryNode(SharedCluster shared) : PresenceTests(shared);

[Collection(nameof(SharedCluster))]
public sealed class LeavingOnEveryNode(SharedCluster shared) : LeavingTests(shared);

// Over HTTP everybody asks the first node, wherever the file's owner is.
[Collection(nameof(SharedCluster))]
public sealed class FilesOnEveryNode(SharedCluster shared) : FileTests(shared);
