using System.Buffers;
using System.Text.Json;
using Concierge.Protocol.Fields;

namespace Concierge.Protocol;

/// <summary>Writes what clients say, <c>type</c> first, then the fields in the protocol's order. Thread-safe.</summary>
public static class ClientPayloadWriter
{
    /// <summary>Writes one frame. The rules of the protocol (lengths, names) are the caller's to keep.</summary>
    /// <param name="output">Where the frame's UTF-8 bytes are appended.</param>
    /// <param name="payload">What to say.</param>
    public static void Write(IBufferWriter<byte> output, ClientPayload payload) =>
        PooledJson.Write(output, payload, Write);

    private static void Write(Utf8JsonWriter json, ClientPayload payload)
    {
        switch (payload)
        {
            case ClientPayload.Message message:
                json.Start(TypeNames.Message);
                json.Write(Field.Target, message.Target);
                json.Write(Field.Data, message.Data);
                break;
            case ClientPayload.Identify identify:
                json.Start(TypeNames.Identify);
                json.Write(Field.Name, identify.Name);
                json.Write(Field.Nickname, identify.Nickname);
                json.Write(Field.Version, identify.Version);
                json.Write(Field.Secret, identify.Secret);
                json.Write(Field.Tags, identify.Tags);
                json.Write(Field.Presence, identify.Presence);
                break;
            case ClientPayload.SelfSubscribe subscribe:
                json.Start(TypeNames.SelfSubscribe);
                json.Write(Field.Service, subscribe.Service);
                break;
            case ClientPayload.SelfUnsubscribe unsubscribe:
                json.Start(TypeNames.SelfUnsubscribe);
                json.Write(Field.Service, unsubscribe.Service);
                break;
            case ClientPayload.SelfFetch:
                json.Start(TypeNames.SelfFetch);
                break;
            case ClientPayload.SelfSetSeq set:
                json.Start(TypeNames.SelfSetSeq);
                json.Write(Field.Seq, set.Seq);
                break;
            case ClientPayload.SelfSetNickname set:
                json.Start(TypeNames.SelfSetNickname);
                json.Write(Field.Nickname, set.Nickname);
                break;
            case ClientPayload.ServiceCreate create:
                json.Start(TypeNames.ServiceCreate);
                json.Write(Field.Service, create.Service);
                json.Write(Field.Nickname, create.Nickname);
                break;
            case ClientPayload.ServiceDelete delete:
                json.Start(TypeNames.ServiceDelete);
                json.Write(Field.Service, delete.Service);
                break;
            case ClientPayload.ServiceFetch fetch:
                json.Start(TypeNames.ServiceFetch);
                json.Write(Field.Service, fetch.Service);
                break;
            case ClientPayload.ServiceFetchAll:
                json.Start(TypeNames.ServiceFetchAll);
                break;
            case ClientPayload.ClientFetch fetch:
                json.Start(TypeNames.ClientFetch);
                json.Write(Field.Uuid, fetch.Uuid);
                break;
            case ClientPayload.ClientFetchAll:
                json.Start(TypeNames.ClientFetchAll);
                break;
            case ClientPayload.RoomJoin join:
                json.Start(TypeNames.RoomJoin);
                json.Write(Field.Room, join.Room);
                break;
            case ClientPayload.RoomLeave leave:
                json.Start(TypeNames.RoomLeave);
                json.Write(Field.Room, leave.Room);
                break;
            case ClientPayload.RoomFetch fetch:
                json.Start(TypeNames.RoomFetch);
                json.Write(Field.Room, fetch.Room);
                break;
            case ClientPayload.RoomFetchAll:
                json.Start(TypeNames.RoomFetchAll);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(payload), payload, "A payload whose form on the wire is not known.");
        }

        json.WriteEndObject();
    }
}
