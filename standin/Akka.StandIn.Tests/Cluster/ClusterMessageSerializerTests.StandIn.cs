using System.Runtime.Serialization;
using Akka.Cluster;
using static Akka.StandIn.Tests.Cluster.Knowledge;

namespace Akka.StandIn.Tests.Cluster;

public sealed class ClusterMessageSerializerTests
{
    private static readonly Gossip Everything = Gossip.Empty
        .With([Member(1, MemberStatus.Up, "seed", "worker"), Member(2, MemberStatus.Joining), Member(3, MemberStatus.Down)])
        .Without([Member(4)], Now)
        .Unreachable(1, 2, 3)
        .SeenBy(1);

    private readonly ClusterMessageSerializer _serializer = new(null!);

    public static TheoryData<object> Messages =>
    [
        new InitJoin(), new InitJoinAck(Node(1).Address), new InitJoinNack(Node(1).Address), new ExitingConfirmed(Node(1)),
        new Heartbeat(Node(1).Address, 7), new HeartbeatRsp(Node(1), long.MaxValue),
    ];

    public static TheoryData<string> Manifests => ["IJA", "IJN", "J", "W", "GE", "EC", "HB", "HBR"];

    [Theory]
    [MemberData(nameof(Messages))]
    public void AMessage_IsTheSameAgain(object message) => Again(message).ShouldBe(message);

    [Fact]
    public void AJoin_IsTheSameAgain()
    {
        var join = (Join)Again(new Join(Node(1), ["seed", "worker"]));

        join.Node.ShouldBe(Node(1));
        join.Roles.ShouldBe(["seed", "worker"], ignoreOrder: true);
    }

    [Fact]
    public void Gossip_IsTheSameAgain()
    {
        var envelope = (GossipEnvelope)Again(new GossipEnvelope(Node(1), Node(2), Everything));
        var welcome = (Welcome)Again(new Welcome(Node(1), Everything));

        (envelope.From, envelope.To).ShouldBe((Node(1), Node(2)));
        foreach (var gossip in new[] { envelope.Gossip, welcome.Gossip })
        {
            gossip.IsSameAs(Everything).ShouldBeTrue();
            gossip.Seen.ShouldBe(Everything.Seen);
            gossip.Find(Node(1)).Roles.ShouldBe(["seed", "worker"], ignoreOrder: true);
            gossip.Tombstones.ShouldBe(Everything.Tombstones);
        }
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void WhatIsNoMessage_IsRefused(string manifest)
    {
        Should.Throw<SerializationException>(() => _serializer.FromBinary([], manifest));
        Should.Throw<SerializationException>(() => _serializer.FromBinary([.. Enumerable.Repeat((byte)0xff, 64)], manifest));
    }

    [Fact]
    public void EachPrefixOfAMessage_IsRefused()
    {
        var bytes = _serializer.ToBinary(new Welcome(Node(1), Everything));

        for (var length = 0; length < bytes.Length; length++)
            Should.Throw<SerializationException>(() => _serializer.FromBinary(bytes[..length], "W"));
    }

    [Fact]
    public void AnUnknownManifest_IsRefused() => Should.Throw<SerializationException>(() => _serializer.FromBinary([], "X"));

    private object Again(object message) => _serializer.FromBinary(_serializer.ToBinary(message), _serializer.Manifest(message));
}
