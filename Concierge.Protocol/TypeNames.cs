using System.Text.Json;

namespace Concierge.Protocol;

/// <summary>The values of <c>type</c>: of payloads, in SCREAMING_SNAKE_CASE, and of targets.</summary>
internal static class TypeNames
{
    public static readonly JsonEncodedText Identify = JsonEncodedText.Encode("IDENTIFY");
    public static readonly JsonEncodedText Message = JsonEncodedText.Encode("MESSAGE");
    public static readonly JsonEncodedText SelfSubscribe = JsonEncodedText.Encode("SELF_SUBSCRIBE");
    public static readonly JsonEncodedText SelfUnsubscribe = JsonEncodedText.Encode("SELF_UNSUBSCRIBE");
    public static readonly JsonEncodedText SelfFetch = JsonEncodedText.Encode("SELF_FETCH");
    public static readonly JsonEncodedText SelfSetSeq = JsonEncodedText.Encode("SELF_SET_SEQ");
    public static readonly JsonEncodedText SelfSetNickname = JsonEncodedText.Encode("SELF_SET_NICKNAME");
    public static readonly JsonEncodedText ServiceCreate = JsonEncodedText.Encode("SERVICE_CREATE");
    public static readonly JsonEncodedText ServiceDelete = JsonEncodedText.Encode("SERVICE_DELETE");
    public static readonly JsonEncodedText ServiceFetch = JsonEncodedText.Encode("SERVICE_FETCH");
    public static readonly JsonEncodedText ServiceFetchAll = JsonEncodedText.Encode("SERVICE_FETCH_ALL");
    public static readonly JsonEncodedText ClientFetch = JsonEncodedText.Encode("CLIENT_FETCH");
    public static readonly JsonEncodedText ClientFetchAll = JsonEncodedText.Encode("CLIENT_FETCH_ALL");
    public static readonly JsonEncodedText RoomJoin = JsonEncodedText.Encode("ROOM_JOIN");
    public static readonly JsonEncodedText RoomLeave = JsonEncodedText.Encode("ROOM_LEAVE");
    public static readonly JsonEncodedText RoomFetch = JsonEncodedText.Encode("ROOM_FETCH");
    public static readonly JsonEncodedText RoomFetchAll = JsonEncodedText.Encode("ROOM_FETCH_ALL");

    public static readonly JsonEncodedText Hello = JsonEncodedText.Encode("HELLO");
    public static readonly JsonEncodedText Ok = JsonEncodedText.Encode("OK");
    public static readonly JsonEncodedText Bad = JsonEncodedText.Encode("BAD");
    public static readonly JsonEncodedText InvalidName = JsonEncodedText.Encode("INVALID_NAME");
    public static readonly JsonEncodedText InvalidUuid = JsonEncodedText.Encode("INVALID_UUID");
    public static readonly JsonEncodedText InvalidService = JsonEncodedText.Encode("INVALID_SERVICE");
    public static readonly JsonEncodedText InvalidRoom = JsonEncodedText.Encode("INVALID_ROOM");
    public static readonly JsonEncodedText ErrorProtocol = JsonEncodedText.Encode("ERROR_PROTOCOL");
    public static readonly JsonEncodedText ErrorUnsupported = JsonEncodedText.Encode("ERROR_UNSUPPORTED");
    public static readonly JsonEncodedText ErrorInternal = JsonEncodedText.Encode("ERROR_INTERNAL");
    public static readonly JsonEncodedText SelfSubscribeResult = JsonEncodedText.Encode("SELF_SUBSCRIBE_RESULT");
    public static readonly JsonEncodedText SelfUnsubscribeResult = JsonEncodedText.Encode("SELF_UNSUBSCRIBE_RESULT");
    public static readonly JsonEncodedText SelfFetchResult = JsonEncodedText.Encode("SELF_FETCH_RESULT");
    public static readonly JsonEncodedText ServiceCreateResult = JsonEncodedText.Encode("SERVICE_CREATE_RESULT");
    public static readonly JsonEncodedText ServiceDeleteResult = JsonEncodedText.Encode("SERVICE_DELETE_RESULT");
    public static readonly JsonEncodedText ServiceFetchResult = JsonEncodedText.Encode("SERVICE_FETCH_RESULT");
    public static readonly JsonEncodedText ServiceFetchAllResult = JsonEncodedText.Encode("SERVICE_FETCH_ALL_RESULT");
    public static readonly JsonEncodedText ClientFetchResult = JsonEncodedText.Encode("CLIENT_FETCH_RESULT");
    public static readonly JsonEncodedText ClientFetchAllResult = JsonEncodedText.Encode("CLIENT_FETCH_ALL_RESULT");
    public static readonly JsonEncodedText ClientJoined = JsonEncodedText.Encode("CLIENT_JOINED");
    public static readonly JsonEncodedText ClientLeft = JsonEncodedText.Encode("CLIENT_LEFT");
    public static readonly JsonEncodedText ClientUpdated = JsonEncodedText.Encode("CLIENT_UPDATED");
    public static readonly JsonEncodedText ServiceClientSubscribed = JsonEncodedText.Encode("SERVICE_CLIENT_SUBSCRIBED");
    public static readonly JsonEncodedText ServiceClientUnsubscribed = JsonEncodedText.Encode("SERVICE_CLIENT_UNSUBSCRIBED");
    public static readonly JsonEncodedText RoomJoinResult = JsonEncodedText.Encode("ROOM_JOIN_RESULT");
    public static readonly JsonEncodedText RoomLeaveResult = JsonEncodedText.Encode("ROOM_LEAVE_RESULT");
    public static readonly JsonEncodedText RoomFetchResult = JsonEncodedText.Encode("ROOM_FETCH_RESULT");
    public static readonly JsonEncodedText RoomFetchAllResult = JsonEncodedText.Encode("ROOM_FETCH_ALL_RESULT");
    public static readonly JsonEncodedText RoomClientJoined = JsonEncodedText.Encode("ROOM_CLIENT_JOINED");
    public static readonly JsonEncodedText RoomClientLeft = JsonEncodedText.Encode("ROOM_CLIENT_LEFT");

    public static readonly JsonEncodedText ToName = JsonEncodedText.Encode("NAME");
    public static readonly JsonEncodedText ToUuid = JsonEncodedText.Encode("UUID");
    public static readonly JsonEncodedText ToService = JsonEncodedText.Encode("SERVICE");
    public static readonly JsonEncodedText ToServiceClient = JsonEncodedText.Encode("SERVICE_CLIENT_UUID");
    public static readonly JsonEncodedText ToRoom = JsonEncodedText.Encode("ROOM");
    public static readonly JsonEncodedText ToAll = JsonEncodedText.Encode("ALL");
}
