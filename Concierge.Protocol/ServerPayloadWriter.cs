using System.Buffers;
using System.Text.Json;
using Concierge.Protocol.Fields;

namespace Concierge.Protocol;

/// <summary>
/// Writes what the concierge says: <c>type</c> first, then <c>seq</c> where there is one, then the fields in the protocol's order.
/// Thread-safe.
/// </summary>
public static class ServerPayloadWriter
{
    /// <summary>Writes one frame.</summary>
    /// <param name="output">Where the frame's UTF-8 bytes are appended.</param>
    /// <param name="payload">What to say.</param>
    public static void Write(IBufferWriter<byte> output, ServerPayload payload) =>
        PooledJson.Write(output, payload, Write);

    /// <summary>
    /// Writes a MESSAGE up to and including <c>"data":</c>. Followed by the data's bytes and <c>}</c> it is the frame that
    /// <see cref="Write(IBufferWriter{byte}, ServerPayload)"/> makes, byte for byte.
    /// </summary>
    /// <param name="output">Where the bytes are appended.</param>
    /// <param name="origin">Who sent the message.</param>
    /// <param name="target">Whom the sender named.</param>
    public static void WriteMessagePrefix(IBufferWriter<byte> output, Origin origin, Target target) =>
        PooledJson.Write(output, (origin, target), static (json, message) =>
        {
            json.Start(TypeNames.Message);
            json.Write(Field.Origin, message.origin);
            json.Write(Field.Target, message.target);
            json.WritePropertyName(FieldNames.Of(Field.Data));
        });

    private static void Write(Utf8JsonWriter json, ServerPayload payload)
    {
        json.Start(TypeOf(payload));
        if (payload.Seq is { } seq)
            json.Write(Field.Seq, seq);

        switch (payload)
        {
            case ServerPayload.Message message:
                json.Write(Field.Origin, message.Origin);
                json.Write(Field.Target, message.Target);
                json.Write(Field.Data, message.Data);
                break;
            case ServerPayload.Hello hello:
                json.Write(Field.Uuid, hello.Uuid);
                json.Write(Field.Version, hello.Version);
                json.Write(Field.FileKey, hello.FileKey);
                break;
            case ServerPayload.InvalidName invalid:
                json.Write(Field.Name, invalid.Name);
                break;
            case ServerPayload.InvalidUuid invalid:
                json.Write(Field.Uuid, invalid.Uuid);
                break;
            case ServerPayload.InvalidService invalid:
                json.Write(Field.Service, invalid.Service);
                break;
            case ServerPayload.InvalidRoom invalid:
                json.Write(Field.Room, invalid.Room);
                break;
            case ServerPayload.ErrorProtocol error:
                json.Write(Field.Desc, error.Desc);
                break;
            case ServerPayload.ErrorInternal error:
                json.Write(Field.Desc, error.Desc);
                break;
            case ServerPayload.SelfSubscribeResult result:
                json.Write(Field.Successful, result.Successful);
                json.Write(Field.Service, result.Service);
                break;
            case ServerPayload.SelfUnsubscribeResult result:
                json.Write(Field.Successful, result.Successful);
                json.Write(Field.Service, result.Service);
                break;
            case ServerPayload.SelfFetchResult result:
                json.Write(Field.Client, result.Client);
                json.Write(Field.Subscriptions, result.Subscriptions);
                break;
            case ServerPayload.ServiceCreateResult result:
                json.Write(Field.Successful, result.Successful);
                json.Write(Field.Service, result.Service);
                break;
            case ServerPayload.ServiceDeleteResult result:
                json.Write(Field.Service, result.Service);
                break;
            case ServerPayload.ServiceFetchResult result:
                json.Write(Field.Service, result.Service);
                break;
            case ServerPayload.ServiceFetchAllResult result:
                json.Write(Field.Services, result.Services);
                break;
            case ServerPayload.ClientFetchResult result:
                json.Write(Field.Client, result.Client);
                json.Write(Field.Subscriptions, result.Subscriptions);
                break;
            case ServerPayload.ClientFetchAllResult result:
                json.Write(Field.Clients, result.Clients);
                break;
            case ServerPayload.ClientJoined joined:
                json.Write(Field.Client, joined.Client);
                break;
            case ServerPayload.ClientLeft left:
                json.Write(Field.Client, left.Client);
                break;
            case ServerPayload.ClientUpdated updated:
                json.Write(Field.Client, updated.Client);
                break;
            case ServerPayload.ServiceClientSubscribed subscribed:
                json.Write(Field.Client, subscribed.Client);
                json.Write(Field.Service, subscribed.Service);
                break;
            case ServerPayload.ServiceClientUnsubscribed unsubscribed:
                json.Write(Field.Client, unsubscribed.Client);
                json.Write(Field.Service, unsubscribed.Service);
                break;
            case ServerPayload.RoomJoinResult result:
                json.Write(Field.Successful, result.Successful);
                json.Write(Field.Room, result.Room);
                break;
            case ServerPayload.RoomLeaveResult result:
                json.Write(Field.Successful, result.Successful);
                json.Write(Field.Room, result.Room);
                break;
            case ServerPayload.RoomFetchResult result:
                json.Write(Field.Room, result.Room);
                break;
            case ServerPayload.RoomFetchAllResult result:
                json.Write(Field.Rooms, result.Rooms);
                break;
            case ServerPayload.RoomClientJoined joined:
                json.Write(Field.Client, joined.Client);
                json.WriteNamed(Field.Room, joined.Room);
                break;
            case ServerPayload.RoomClientLeft left:
                json.Write(Field.Client, left.Client);
                json.WriteNamed(Field.Room, left.Room);
                break;
        }

        json.WriteEndObject();
    }

    private static JsonEncodedText TypeOf(ServerPayload payload) => payload switch
    {
        ServerPayload.Message => TypeNames.Message,
        ServerPayload.Ok => TypeNames.Ok,
        ServerPayload.Bad => TypeNames.Bad,
        ServerPayload.InvalidName => TypeNames.InvalidName,
        ServerPayload.InvalidUuid => TypeNames.InvalidUuid,
        ServerPayload.InvalidService => TypeNames.InvalidService,
        ServerPayload.InvalidRoom => TypeNames.InvalidRoom,
        ServerPayload.ErrorProtocol => TypeNames.ErrorProtocol,
        ServerPayload.ErrorUnsupported => TypeNames.ErrorUnsupported,
        ServerPayload.ErrorInternal => TypeNames.ErrorInternal,
        ServerPayload.SelfSubscribeResult => TypeNames.SelfSubscribeResult,
        ServerPayload.SelfUnsubscribeResult => TypeNames.SelfUnsubscribeResult,
        ServerPayload.SelfFetchResult => TypeNames.SelfFetchResult,
        ServerPayload.ServiceCreateResult => TypeNames.ServiceCreateResult,
        ServerPayload.ServiceDeleteResult => TypeNames.ServiceDeleteResult,
        ServerPayload.ServiceFetchResult => TypeNames.ServiceFetchResult,
        ServerPayload.ServiceFetchAllResult => TypeNames.ServiceFetchAllResult,
        ServerPayload.ClientFetchResult => TypeNames.ClientFetchResult,
        ServerPayload.ClientFetchAllResult => TypeNames.ClientFetchAllResult,
        ServerPayload.ClientJoined => TypeNames.ClientJoined,
        ServerPayload.ClientLeft => TypeNames.ClientLeft,
        ServerPayload.ServiceClientSubscribed => TypeNames.ServiceClientSubscribed,
        ServerPayload.ServiceClientUnsubscribed => TypeNames.ServiceClientUnsubscribed,
        ServerPayload.ClientUpdated => TypeNames.ClientUpdated,
        ServerPayload.RoomJoinResult => TypeNames.RoomJoinResult,
        ServerPayload.RoomLeaveResult => TypeNames.RoomLeaveResult,
        ServerPayload.RoomFetchResult => TypeNames.RoomFetchResult,
        ServerPayload.RoomFetchAllResult => TypeNames.RoomFetchAllResult,
        ServerPayload.RoomClientJoined => TypeNames.RoomClientJoined,
        ServerPayload.RoomClientLeft => TypeNames.RoomClientLeft,
        ServerPayload.Hello => TypeNames.Hello,
        _ => throw new ArgumentOutOfRangeException(nameof(payload), payload, "A payload whose form on the wire is not known."),
    };
}
