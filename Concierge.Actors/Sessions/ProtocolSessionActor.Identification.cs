using System.Security.Cryptography;
using System.Text;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Protocol;

namespace Concierge.Actors.Sessions;

// From the first frame to HELLO (protocol, section "Identification").
internal sealed partial class ProtocolSessionActor
{
    private void OnFirstFrame(ReadOnlyMemory<byte> text)
    {
        if (!ClientPayloadReader.TryRead(text, out ClientPayload? payload, out ReadError? error))
        {
            bool another = error.Type is not null && error.Type != "IDENTIFY";
            End(another ? CloseCode.NoAuth : CloseCode.FatalDecode, another ? "the first frame must be IDENTIFY" : error.Description);
            return;
        }
        if (payload is not ClientPayload.Identify identify)
        {
            End(CloseCode.NoAuth, "the first frame must be IDENTIFY");
            return;
        }
        if (!ProtocolVersion.IsAccepted(identify.Version))
            End(CloseCode.BadVersion, $"expected a version that satisfies ^{ProtocolVersion.Current}");
        else if (!IsSecret(identify.Secret))
            End(CloseCode.BadSecret, "the secret is missing or wrong");
        else if (!Names.IsClientName(identify.Name))
            End(CloseCode.BadAuth, "a name has 1 to 64 letters, digits or _");
        else Join(identify);
    }

    private bool IsSecret(string? given)
    {
        if (Shared.Settings.Secret is not { } secret) return true;
        // Hashed first: the comparison then tells nothing of the secret's length either.
        return CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")));
    }

    private void Join(ClientPayload.Identify identify)
    {
        var info = new ClientInfo(identify.Name, identify.Nickname, Guid.NewGuid(), identify.Tags);
        Client = new ClientEntry(info, FileKey.Create(info.Uuid), identify.Presence, Outbox, Self);
        // It has said who it is; how long that takes here is not its fault.
        StopAwaitingIdentity();
        byte[] hello = PayloadFrame.Encode(new ServerPayload.Hello(info.Uuid, ProtocolVersion.Current, Client.FileKey.Reveal()));
        Ask(Shared.Directory, new DirectoryActor.Join(Client, () => hello));
    }

    private void OnJoinAnswered(Outcome outcome)
    {
        if (outcome != Outcome.Done)
        {
            if (outcome == Outcome.Refused) End(CloseCode.DuplicateAuth, "the name is taken");
            else End(CloseCode.Unknown, "internal error");
            return;
        }
        // The directory has queued HELLO.
        FlushOwn();
        OnIdentified();
    }
}
