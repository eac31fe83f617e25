using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Cluster;

/// <summary>A few kinds of messages with a fixed layout each. What doesn't fit is dropped by remoting, with a log line.</summary>
internal sealed class ClusterMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Of members, roles, tombstones, observers.</summary>
    private const int MostElements = 10_000;

    public override int Identifier => 5;

    public override string Manifest(object o) => o switch
    {
        InitJoin => "IJ",
        InitJoinAck => "IJA",
        InitJoinNack => "IJN",
        Join => "J",
        Welcome => "W",
        GossipEnvelope => "GE",
        ExitingConfirmed => "EC",
        Heartbeat => "HB",
        HeartbeatRsp => "HBR",
        _ => throw new SerializationException($"[{o.GetType()}] is no message of the cluster."),
    };

    public override byte[] ToBinary(object obj)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        switch (obj)
        {
            case InitJoinAck ack:
                writer.Write(ack.Address.ToString());
                break;
            case InitJoinNack nack:
                writer.Write(nack.Address.ToString());
                break;
            case Join join:
                Write(writer, join.Node);
                WriteAll(writer, join.Roles, writer.Write);
                break;
            case Welcome welcome:
                Write(writer, welcome.From);
                Write(writer, welcome.Gossip);
                break;
            case GossipEnvelope envelope:
                Write(writer, envelope.From);
                Write(writer, envelope.To);
                Write(writer, envelope.Gossip);
                break;
            case ExitingConfirmed confirmed:
                Write(writer, confirmed.Node);
                break;
            case Heartbeat heartbeat:
                writer.Write(heartbeat.From.ToString());
                writer.Write(heartbeat.SequenceNr);
                break;
            case HeartbeatRsp answer:
                Write(writer, answer.From);
                writer.Write(answer.SequenceNr);
                break;
        }
        writer.Flush();
        return bytes.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        try
        {
            return manifest switch
            {
                "IJ" => new InitJoin(),
                "IJA" => new InitJoinAck(ReadAddress(reader)),
                "IJN" => new InitJoinNack(ReadAddress(reader)),
                "J" => new Join(ReadNode(reader), [.. ReadAll(reader, reader.ReadString)]),
                "W" => new Welcome(ReadNode(reader), ReadGossip(reader)),
                "GE" => new GossipEnvelope(ReadNode(reader), ReadNode(reader), ReadGossip(reader)),
                "EC" => new ExitingConfirmed(ReadNode(reader)),
                "HB" => new Heartbeat(ReadAddress(reader), reader.ReadInt64()),
                "HBR" => new HeartbeatRsp(ReadNode(reader), reader.ReadInt64()),
                _ => throw new SerializationException($"Unknown manifest [{manifest}] of a message of the cluster."),
            };
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            throw new SerializationException($"The bytes of a message with manifest [{manifest}] are not what [{GetType()}] writes.", e);
        }
    }

    private static void Write(BinaryWriter writer, UniqueAddress node)
    {
        writer.Write(node.Address.ToString());
        writer.Write(node.Uid);
    }

    private static void Write(BinaryWriter writer, Gossip gossip)
    {
        WriteAll(writer, gossip.Members, member =>
        {
            Write(writer, member.UniqueAddress);
            writer.Write(member.UpNumber);
            writer.Write((byte)member.Status);
            WriteAll(writer, member.Roles, writer.Write);
        });
        WriteAll(writer, gossip.Tombstones, tombstone =>
        {
            Write(writer, tombstone.Key);
            writer.Write(tombstone.Value.Ticks);
        });
        WriteAll(writer, gossip.Reachability.Observations, observation =>
        {
            Write(writer, observation.Key);
            writer.Write(observation.Value.Version);
            WriteAll(writer, observation.Value.Unreachable, node => Write(writer, node));
        });
        WriteAll(writer, gossip.Seen, node => Write(writer, node));
    }

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyCollection<T> all, Action<T> write)
    {
        writer.Write(all.Count);
        foreach (var one in all)
            write(one);
    }

    private static Address ReadAddress(BinaryReader reader) => Address.Parse(reader.ReadString());

    private static UniqueAddress ReadNode(BinaryReader reader) => new(ReadAddress(reader), reader.ReadInt32());

    private static Gossip ReadGossip(BinaryReader reader) => new(
        [.. ReadAll(reader, () => new Member(ReadNode(reader), reader.ReadInt32(), ReadStatus(reader), [.. ReadAll(reader, reader.ReadString)]))],
        ReadAll(reader, () => KeyValuePair.Create(ReadNode(reader), new DateTime(reader.ReadInt64(), DateTimeKind.Utc))).ToImmutableDictionary(),
        new Reachability(ReadAll(reader, () => KeyValuePair.Create(
            ReadNode(reader), new Reachability.Observation(reader.ReadInt64(), [.. ReadAll(reader, () => ReadNode(reader))]))).ToImmutableDictionary()),
        [.. ReadAll(reader, () => ReadNode(reader))]);

    private static MemberStatus ReadStatus(BinaryReader reader) => reader.ReadByte() is var status && status <= (byte)MemberStatus.Down
        ? (MemberStatus)status
        : throw new FormatException($"A member's status is {status}.");

    private static List<T> ReadAll<T>(BinaryReader reader, Func<T> read)
    {
        var count = reader.ReadInt32();
        if (count is < 0 or > MostElements)
            throw new FormatException($"{count} elements; expected at most {MostElements}.");
        var all = new List<T>();
        for (var i = 0; i < count; i++)
            all.Add(read());
        return all;
    }
}
