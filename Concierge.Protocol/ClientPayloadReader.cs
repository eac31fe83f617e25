using System.Diagnostics.CodeAnalysis;
using Concierge.Protocol.Fields;

namespace Concierge.Protocol;

/// <summary>Reads what clients say. Thread-safe, and throws nothing, whatever the bytes.</summary>
public static class ClientPayloadReader
{
    private static readonly Forms<ClientPayload> Forms = new(
        (TypeNames.Message, static (ref f) => new ClientPayload.Message(TargetReader.Read(ref f), f.Raw(Field.Data))),
        (TypeNames.SelfSubscribe, static (ref f) => new ClientPayload.SelfSubscribe(f.ServiceName())),
        (TypeNames.SelfUnsubscribe, static (ref f) => new ClientPayload.SelfUnsubscribe(f.ServiceName())),
        (TypeNames.SelfFetch, static (ref _) => new ClientPayload.SelfFetch()),
        (TypeNames.SelfSetSeq, static (ref f) => new ClientPayload.SelfSetSeq(f.Integer(Field.Seq))),
        (TypeNames.ServiceCreate, static (ref f) => new ClientPayload.ServiceCreate(f.ServiceName(), f.Nickname(Limits.Nickname))),
        (TypeNames.ServiceDelete, static (ref f) => new ClientPayload.ServiceDelete(f.ServiceName())),
        (TypeNames.ServiceFetch, static (ref f) => new ClientPayload.ServiceFetch(f.ServiceName())),
        (TypeNames.ServiceFetchAll, static (ref _) => new ClientPayload.ServiceFetchAll()),
        (TypeNames.ClientFetch, static (ref f) => new ClientPayload.ClientFetch(f.Uuid(Field.Uuid))),
        (TypeNames.ClientFetchAll, static (ref _) => new ClientPayload.ClientFetchAll()),
        (TypeNames.RoomJoin, static (ref f) => new ClientPayload.RoomJoin(f.RoomName())),
        (TypeNames.RoomLeave, static (ref f) => new ClientPayload.RoomLeave(f.RoomName())),
        (TypeNames.RoomFetch, static (ref f) => new ClientPayload.RoomFetch(f.RoomName())),
        (TypeNames.RoomFetchAll, static (ref _) => new ClientPayload.RoomFetchAll()),
        (TypeNames.SelfSetNickname, static (ref f) => new ClientPayload.SelfSetNickname(f.RequiredNickname(Limits.Nickname))),
        (TypeNames.Identify, ReadIdentify));

    /// <summary>Reads one frame.</summary>
    /// <param name="utf8">The frame's bytes. A message's data shares them: they must not change while it is in use.</param>
    /// <param name="payload">
    /// What the client said, with every rule of the protocol kept but those that have close codes of their own.
    /// </param>
    /// <param name="error">Why it is no payload.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out ClientPayload? payload, [NotNullWhen(false)] out ReadError? error) =>
        PayloadReader.TryRead(utf8, Forms, out payload, out error);

    private static ClientPayload.Identify ReadIdentify(ref FieldReader f) => new(
        f.Text(Field.Name),
        f.Nickname(Limits.Nickname),
        f.Text(Field.Version),
        f.OptionalText(Field.Secret),
        f.OptionalArray(Field.Tags, static (ref f) => f.Text(Field.Element, Limits.Tag), Limits.Tags),
        !f.Has(Field.Presence) || f.Flag(Field.Presence));
}
