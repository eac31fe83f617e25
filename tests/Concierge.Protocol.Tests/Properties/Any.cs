using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Concierge.Protocol.Tests.Properties;

/// <summary>Generators of everything that the wire carries, with the characters that trip readers up.</summary>
internal static class Any
{
    private static readonly string[] Letters = ["a", "Z", "0", "_", "é", "ß", "漢", "٣", "𝒳"];
    private static readonly string[] Punctuation = ["-", ".", "/", ":"];
    private static readonly string[] Nuisances =
        [" ", "\"", "\\", "\n", "\0", "\u007f", "\u2028", "<", "&", "😀", "\u0301", "\uFFFD", "{", "]"];

    public static Gen<Guid> Uuid { get; } = Gen.ArrayOf(Gen.Choose(0, 255), 16).Select(bytes =>
        new Guid(Array.ConvertAll(bytes, b => (byte)b)));

    public static Gen<string> Text { get; } = TextOf([.. Letters, .. Punctuation, .. Nuisances], 0, 40);

    public static Gen<string?> Nickname { get; } = OrNull(TextOf([.. Letters, .. Nuisances], 1, Limits.Nickname));

    public static Gen<string> ClientName { get; } = TextOf(Letters, 1, Limits.ClientName);

    public static Gen<string> ServiceName { get; } = TextOf([.. Letters, .. Punctuation], 1, Limits.ServiceName);

    public static Gen<long> Seq { get; } =
        Gen.OneOf(Gen.Elements(0L, 1L, long.MaxValue - 1, long.MaxValue), Gen.Choose(0, int.MaxValue).Select(seq => (long)seq));

    public static Gen<bool> Flag { get; } = Gen.Elements(true, false);

    public static Gen<ImmutableArray<string>> Tags { get; } = Several(TextOf([.. Letters, .. Nuisances], 0, Limits.Tag), Limits.Tags);

    /// <summary>Valid JSON as people and programs write it: with white space, escapes and odd numbers.</summary>
    public static Gen<string> Json { get; } = JsonOf(4);

    public static Gen<Target> Target { get; } = Gen.OneOf(
        Gen.Constant(Protocol.Target.Everyone),
        ClientName.Select(Target (name) => new Target.ToName(name)),
        Uuid.Select(Target (uuid) => new Target.ToUuid(uuid)),
        ServiceName.Select(Target (service) => new Target.ToService(service)),
        Gen.Zip(ServiceName, Uuid, Target (service, uuid) => new Target.ToServiceClient(service, uuid)),
        ServiceName.Select(Target (room) => new Target.ToRoom(room)));

    public static Gen<ClientInfo> Client { get; } =
        from name in ClientName
        from nickname in Nickname
        from uuid in Uuid
        from tags in Tags
        select new ClientInfo(name, nickname, uuid, tags);

    public static Gen<ServiceInfo> Service { get; } =
        from name in ServiceName
        from nickname in Nickname
        from owner in Uuid
        from subscribers in Several(Uuid, 5)
        select new ServiceInfo(name, nickname, owner, subscribers);

    public static Gen<RoomInfo> Room { get; } = Gen.Zip(ServiceName, Several(Uuid, 5), (name, members) => new RoomInfo(name, members));

    public static Gen<Origin> Origin { get; } =
        from client in Client
        from service in OrNull(Service)
        select new Origin(client, service);

    public static Gen<ClientPayload> ClientPayload { get; } = Gen.OneOf<ClientPayload>(
        from name in Text
        from nickname in Nickname
        from version in Text
        from secret in OrNull(Text)
        from tags in Tags
        from presence in Flag
        select (ClientPayload)new ClientPayload.Identify(name, nickname, version, secret, tags, presence),
        Gen.Zip(Target, Json, ClientPayload (target, data) => new ClientPayload.Message(target, RawJson.From(data))),
        ServiceName.Select(ClientPayload (service) => new ClientPayload.SelfSubscribe(service)),
        ServiceName.Select(ClientPayload (service) => new ClientPayload.SelfUnsubscribe(service)),
        Gen.Constant<ClientPayload>(new ClientPayload.SelfFetch()),
        Seq.Select(ClientPayload (seq) => new ClientPayload.SelfSetSeq(seq)),
        Gen.Zip(ServiceName, Nickname, ClientPayload (service, nickname) => new ClientPayload.ServiceCreate(service, nickname)),
        ServiceName.Select(ClientPayload (service) => new ClientPayload.ServiceDelete(service)),
        ServiceName.Select(ClientPayload (service) => new ClientPayload.ServiceFetch(service)),
        Gen.Constant<ClientPayload>(new ClientPayload.ServiceFetchAll()),
        Uuid.Select(ClientPayload (uuid) => new ClientPayload.ClientFetch(uuid)),
        Gen.Constant<ClientPayload>(new ClientPayload.ClientFetchAll()),
        Nickname.Select(ClientPayload (nickname) => new ClientPayload.SelfSetNickname(nickname)),
        ServiceName.Select(ClientPayload (room) => new ClientPayload.RoomJoin(room)),
        ServiceName.Select(ClientPayload (room) => new ClientPayload.RoomLeave(room)),
        ServiceName.Select(ClientPayload (room) => new ClientPayload.RoomFetch(room)),
        Gen.Constant<ClientPayload>(new ClientPayload.RoomFetchAll()));

    public static Gen<ServerPayload.Message> Message { get; } =
        from origin in Origin
        from target in Target
        from data in Json
        select new ServerPayload.Message(origin, target, RawJson.From(data));

    public static Gen<ServerPayload> ServerPayload { get; } =
        from payload in Gen.OneOf(
            from uuid in Uuid
            from version in Text
            from fileKey in OrNull(Text)
            select (ServerPayload)new ServerPayload.Hello(uuid, version, fileKey),
            Message.Select(ServerPayload (message) => message),
            Gen.Elements<ServerPayload>(new ServerPayload.Ok(), new ServerPayload.Bad(), new ServerPayload.ErrorUnsupported()),
            Text.Select(ServerPayload (name) => new ServerPayload.InvalidName(name)),
            Uuid.Select(ServerPayload (uuid) => new ServerPayload.InvalidUuid(uuid)),
            ServiceName.Select(ServerPayload (service) => new ServerPayload.InvalidService(service)),
            ServiceName.Select(ServerPayload (room) => new ServerPayload.InvalidRoom(room)),
            Text.Select(ServerPayload (desc) => new ServerPayload.ErrorProtocol(desc)),
            Text.Select(ServerPayload (desc) => new ServerPayload.ErrorInternal(desc)),
            Gen.Zip(Flag, Service, ServerPayload (done, service) => new ServerPayload.SelfSubscribeResult(done, service)),
            Gen.Zip(Flag, Service, ServerPayload (done, service) => new ServerPayload.SelfUnsubscribeResult(done, service)),
            Gen.Zip(Client, Several(Service, 3), ServerPayload (client, services) => new ServerPayload.SelfFetchResult(client, services)),
            Gen.Zip(Flag, Service, ServerPayload (done, service) => new ServerPayload.ServiceCreateResult(done, service)),
            Service.Select(ServerPayload (service) => new ServerPayload.ServiceDeleteResult(service)),
            Service.Select(ServerPayload (service) => new ServerPayload.ServiceFetchResult(service)),
            Several(Service, 3).Select(ServerPayload (services) => new ServerPayload.ServiceFetchAllResult(services)),
            Gen.Zip(Client, Several(Service, 3), ServerPayload (client, services) => new ServerPayload.ClientFetchResult(client, services)),
            Several(Client, 3).Select(ServerPayload (clients) => new ServerPayload.ClientFetchAllResult(clients)),
            Client.Select(ServerPayload (client) => new ServerPayload.ClientJoined(client)),
            Client.Select(ServerPayload (client) => new ServerPayload.ClientLeft(client)),
            Gen.Zip(Client, Service, ServerPayload (client, service) => new ServerPayload.ServiceClientSubscribed(client, service)),
            Gen.Zip(Client, Service, ServerPayload (client, service) => new ServerPayload.ServiceClientUnsubscribed(client, service)),
            Client.Select(ServerPayload (client) => new ServerPayload.ClientUpdated(client)),
            Gen.Zip(Flag, Room, ServerPayload (done, room) => new ServerPayload.RoomJoinResult(done, room)),
            Gen.Zip(Flag, Room, ServerPayload (done, room) => new ServerPayload.RoomLeaveResult(done, room)),
            Room.Select(ServerPayload (room) => new ServerPayload.RoomFetchResult(room)),
            Several(Room, 3).Select(ServerPayload (rooms) => new ServerPayload.RoomFetchAllResult(rooms)),
            Gen.Zip(Client, ServiceName, ServerPayload (client, room) => new ServerPayload.RoomClientJoined(client, room)),
            Gen.Zip(Client, ServiceName, ServerPayload (client, room) => new ServerPayload.RoomClientLeft(client, room)))
        from seq in Gen.OneOf(Gen.Constant<long?>(null), Seq.Select(seq => (long?)seq))
        select payload with { Seq = seq };

    private static Gen<T?> OrNull<T>(Gen<T> one)
        where T : class =>
        Gen.OneOf(Gen.Constant<T?>(null), one.Select(T? (value) => value));

    private static Gen<string> TextOf(string[] characters, int shortest, int longest) =>
        from length in Gen.OneOf(Gen.Choose(shortest, Math.Min(longest, 8)), Gen.Elements(shortest, longest))
        from text in Gen.ArrayOf(Gen.Elements(characters), length)
        select string.Concat(text);

    private static Gen<ImmutableArray<T>> Several<T>(Gen<T> one, int most) =>
        from count in Gen.Frequency((5, Gen.Choose(0, Math.Min(most, 3))), (1, Gen.Constant(most)))
        from items in Gen.ArrayOf(one, count)
        select ImmutableArray.Create(items);

    private static Gen<string> JsonOf(int depth)
    {
        var scalar = Gen.Elements(
            "null", "true", "false", "0", "-0", "1e400", "-1.50",
            "123456789012345678901234567890", "\"\"", "\"\\ud800\"", "\"a\\u0000\\/\"", "\"漢😀\"");
        if (depth == 0)
            return scalar;

        var inner = JsonOf(depth - 1);
        return Gen.OneOf(
            scalar,
            Gen.Choose(0, 3).SelectMany(count => Gen.ArrayOf(inner, count)).Select(items => $"[ {string.Join(" ,", items)}]"),
            Gen.Choose(0, 3).SelectMany(count => Gen.ArrayOf(inner, count)).Select(items =>
                $"{{{string.Join(",\n", items.Select((item, index) => $"\"type{index}\" : {item}"))} }}"));
    }
}
