using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Concierge.Protocol.Fields;

namespace Concierge.Protocol;

/// <summary>Reads what the concierge says. Thread-safe, and throws nothing, whatever the bytes.</summary>
public static class ServerPayloadReader
{
    private static readonly Forms<ServerPayload> Forms = new(
        Form(TypeNames.Message, static (ref f) => new ServerPayload.Message(
            f.Object(Field.Origin, InformationReader.Origin), TargetReader.Read(ref f), f.Raw(Field.Data))),
        Form(TypeNames.Ok, static (ref _) => new ServerPayload.Ok()),
        Form(TypeNames.Bad, static (ref _) => new ServerPayload.Bad()),
        Form(TypeNames.InvalidName, static (ref f) => new ServerPayload.InvalidName(f.Text(Field.Name))),
        Form(TypeNames.InvalidUuid, static (ref f) => new ServerPayload.InvalidUuid(f.Uuid(Field.Uuid))),
        Form(TypeNames.InvalidService, static (ref f) => new ServerPayload.InvalidService(f.Text(Field.Service))),
        Form(TypeNames.InvalidRoom, static (ref f) => new ServerPayload.InvalidRoom(f.Text(Field.Room))),
        Form(TypeNames.ClientJoined, static (ref f) => new ServerPayload.ClientJoined(Client(ref f))),
        Form(TypeNames.ClientLeft, static (ref f) => new ServerPayload.ClientLeft(Client(ref f))),
        Form(TypeNames.ClientUpdated, static (ref f) => new ServerPayload.ClientUpdated(Client(ref f))),
        Form(TypeNames.RoomClientJoined, static (ref f) => new ServerPayload.RoomClientJoined(Client(ref f), RoomName(ref f))),
        Form(TypeNames.RoomClientLeft, static (ref f) => new ServerPayload.RoomClientLeft(Client(ref f), RoomName(ref f))),
        Form(TypeNames.ServiceClientSubscribed, static (ref f) => new ServerPayload.ServiceClientSubscribed(
            Client(ref f), Service(ref f))),
        Form(TypeNames.ServiceClientUnsubscribed, static (ref f) => new ServerPayload.ServiceClientUnsubscribed(
            Client(ref f), Service(ref f))),
        Form(TypeNames.SelfSubscribeResult, static (ref f) => new ServerPayload.SelfSubscribeResult(Successful(ref f), Service(ref f))),
        Form(TypeNames.SelfUnsubscribeResult, static (ref f) => new ServerPayload.SelfUnsubscribeResult(Successful(ref f), Service(ref f))),
        Form(TypeNames.SelfFetchResult, static (ref f) => new ServerPayload.SelfFetchResult(Client(ref f), Subscriptions(ref f))),
        Form(TypeNames.ServiceCreateResult, static (ref f) => new ServerPayload.ServiceCreateResult(Successful(ref f), Service(ref f))),
        Form(TypeNames.ServiceDeleteResult, static (ref f) => new ServerPayload.ServiceDeleteResult(Service(ref f))),
        Form(TypeNames.ServiceFetchResult, static (ref f) => new ServerPayload.ServiceFetchResult(Service(ref f))),
        Form(TypeNames.ServiceFetchAllResult, static (ref f) => new ServerPayload.ServiceFetchAllResult(Services(ref f, Field.Services))),
        Form(TypeNames.ClientFetchResult, static (ref f) => new ServerPayload.ClientFetchResult(Client(ref f), Subscriptions(ref f))),
        Form(TypeNames.ClientFetchAllResult, static (ref f) => new ServerPayload.ClientFetchAllResult(Clients(ref f))),
        Form(TypeNames.RoomJoinResult, static (ref f) => new ServerPayload.RoomJoinResult(Successful(ref f), Room(ref f))),
        Form(TypeNames.RoomLeaveResult, static (ref f) => new ServerPayload.RoomLeaveResult(Successful(ref f), Room(ref f))),
        Form(TypeNames.RoomFetchResult, static (ref f) => new ServerPayload.RoomFetchResult(Room(ref f))),
        Form(TypeNames.RoomFetchAllResult, static (ref f) => new ServerPayload.RoomFetchAllResult(Rooms(ref f))),
        Form(TypeNames.ErrorProtocol, static (ref f) => new ServerPayload.ErrorProtocol(f.Text(Field.Desc))),
        Form(TypeNames.ErrorUnsupported, static (ref _) => new ServerPayload.ErrorUnsupported()),
        Form(TypeNames.ErrorInternal, static (ref f) => new ServerPayload.ErrorInternal(f.Text(Field.Desc))),
        Form(TypeNames.Hello, static (ref f) => new ServerPayload.Hello(
            f.Uuid(Field.Uuid), f.Text(Field.Version), f.OptionalText(Field.FileKey))));

    /// <summary>Reads one frame. Unknown fields are ignored, and what older servers leave out is null or empty.</summary>
    /// <param name="utf8">The frame's bytes. A message's data shares them: they must not change while it is in use.</param>
    /// <param name="payload">What the concierge said.</param>
    /// <param name="error">Why it is no payload.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out ServerPayload? payload, [NotNullWhen(false)] out ReadError? error) =>
        PayloadReader.TryRead(utf8, Forms, out payload, out error);

    // Any payload may carry a seq: who reads one cares not which are answers.
    private static (JsonEncodedText Type, ReadForm<ServerPayload> Read) Form(JsonEncodedText type, ReadForm<ServerPayload> read)
    {
        return (type, ReadWithSeq);

        ServerPayload ReadWithSeq(ref FieldReader f)
        {
            var payload = read(ref f);
            return f.IsGiven(Field.Seq) ? payload with { Seq = f.Integer(Field.Seq) } : payload;
        }
    }

    private static bool Successful(ref FieldReader f) => f.Flag(Field.Successful);

    private static ClientInfo Client(ref FieldReader f) => f.Object(Field.Client, InformationReader.Client);

    private static ServiceInfo Service(ref FieldReader f) => f.Object(Field.Service, InformationReader.Service);

    private static ImmutableArray<ServiceInfo> Subscriptions(ref FieldReader f) => Services(ref f, Field.Subscriptions);

    private static ImmutableArray<ServiceInfo> Services(ref FieldReader f, Field field) =>
        f.Array(field, static (ref f) => f.Object(Field.Element, InformationReader.Service));

    private static ImmutableArray<ClientInfo> Clients(ref FieldReader f) =>
        f.Array(Field.Clients, static (ref f) => f.Object(Field.Element, InformationReader.Client));

    private static RoomInfo Room(ref FieldReader f) => f.Object(Field.Room, InformationReader.Room);

    private static ImmutableArray<RoomInfo> Rooms(ref FieldReader f) =>
        f.Array(Field.Rooms, static (ref f) => f.Object(Field.Element, InformationReader.Room));

    // Events name their room, and leave its members out.
    private static string RoomName(ref FieldReader f) => f.Object(Field.Room, static (ref f) => f.Text(Field.Name));
}
