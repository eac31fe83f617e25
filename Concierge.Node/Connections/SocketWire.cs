using System.Net.Sockets;
using Concierge.Actors.Connections;
using Microsoft.AspNetCore.Connections;

namespace Concierge.Node.Connections;

/// <summary>
/// Sends on a connection's own socket, past Kestrel's pipe: one system call on the caller's thread, without a hop or a
/// copy. Nothing may write to the pipe as long as this is in use.
/// </summary>
internal sealed class SocketWire : IWire
{
    private readonly Socket _socket;
    private readonly ConnectionContext _connection;

    public SocketWire(Socket socket, ConnectionContext connection)
    {
        _socket = socket;
        _connection = connection;
        _socket.Blocking = false;
    }

    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            int sent = _socket.Send(bytes, SocketFlags.None, out SocketError error);
            return error switch
            {
                SocketError.Success => sent,
                SocketError.WouldBlock => Math.Max(sent, 0),
                _ => -1,
            };
        }
        catch (ObjectDisposedException)
        {
            return -1;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty) bytes = bytes[await _socket.SendAsync(bytes).ConfigureAwait(false)..];
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            throw new IOException("The connection broke.", fault);
        }
    }

    public void Abort() => _connection.Abort();
}
