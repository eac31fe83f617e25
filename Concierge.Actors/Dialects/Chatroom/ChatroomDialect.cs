using System.Buffers;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Operators;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.Chatroom;

/// <summary>
/// What people in the chatroom read (dialects, section "Chatroom"): what is said by clients that don't speak the dialect,
/// and by the operator. Of who comes and goes they are told nothing.
/// </summary>
/// <param name="view">Who is where.</param>
internal sealed class ChatroomDialect(DirectoryView view) : Dialect(DialectKind.Chatroom, "chatroom", view)
{
    private protected override void Translate(ServerPayload payload, ArrayBufferWriter<byte> frames)
    {
        if (payload is not ServerPayload.Message(var origin, _, var data)) return;
        ClientInfo author = origin.Client;
        PayloadFrame.AppendText(frames, ChatroomFrame.Write(ChatText.Of(data), ServerOrigin.Is(author) ? ServerOrigin.Name : author.Nickname ?? author.Name));
    }
}
