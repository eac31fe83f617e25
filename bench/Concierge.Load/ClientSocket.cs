using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Concierge.Protocol.WebSockets;

namespace Concierge.Load;

/// <summary>The client's side of a WebSocket, made to cost little: no buffer while it waits, no task and no copy per message.</summary>
internal sealed class ClientSocket : IDisposable
{
    private const int BufferSize = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] PongFrame = ClientFrame.Pong();

    [ThreadStatic]
    private static byte[]? _buffer;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly RecordReader _reader = new();
    private readonly Action<Opcode> _control;
    private volatile Question? _question;

    private ClientSocket() => _control = OnControl;

    /// <summary>Whom what arrives is for, once everything that was asked is answered.</summary>
    public IReceiver? Receiver { get; set; }

    /// <summary>Whether the server has ended it.</summary>
    public bool IsClosed { get; private set; }

    public static async Task<ClientSocket> ConnectAsync(Uri url)
    {
        var client = new ClientSocket();
        await client._socket.ConnectAsync(url.Host, url.Port);
        await client.UpgradeAsync(url);
        client._socket.Blocking = false;
        _ = client.ReadAsync();
        return client;
    }

    /// <summary>Sends text and waits for a record that contains <paramref name="answer"/>.</summary>
    public async Task AskAsync(ReadOnlyMemory<byte> text, string answer)
    {
        var question = new Question(Encoding.UTF8.GetBytes(answer), new(TaskCreationOptions.RunContinuationsAsynchronously));
        _question = question;
        Send(ClientFrame.Text(text.Span));
        try
        {
            await question.Answered.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The server did not answer {answer} to {Encoding.UTF8.GetString(text.Span)}; the last it said was {question.Instead}");
        }
    }

    /// <summary>Sends whole frames. One thread at a time.</summary>
    public void Send(ReadOnlySpan<byte> frames)
    {
        while (!frames.IsEmpty)
        {
            int sent = _socket.Send(frames, SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock) _socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectWrite);
            else if (error != SocketError.Success) return; // The read loop says why.
            else frames = frames[sent..];
        }
    }

    public void Dispose()
    {
        Receiver = null;
        _socket.Dispose();
    }

    private async Task UpgradeAsync(Uri url)
    {
        string request = $"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        // Both servers wait for the client's first frame: nothing can follow the head.
        var head = new byte[4096];
        int length = 0;
        do
        {
            int count = await _socket.ReceiveAsync(head.AsMemory(length));
            if (count == 0) throw new IOException($"{url} closed the connection instead of answering the handshake.");
            length += count;
        }
        while (!head.AsSpan(0, length).EndsWith("\r\n\r\n"u8));
        if (!head.AsSpan().StartsWith("HTTP/1.1 101"u8))
            throw new IOException($"{url} refused the handshake: {Encoding.ASCII.GetString(head, 0, length)}");
    }

    private async Task ReadAsync()
    {
        try
        {
            do await _socket.ReceiveAsync(Memory<byte>.Empty);
            while (Drain());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection has ended, here or there.
        }
        IsClosed = true;
    }

    private bool Drain()
    {
        byte[] buffer = _buffer ??= new byte[BufferSize];
        while (true)
        {
            int start = _reader.Prepare(buffer);
            int count = _socket.Receive(buffer.AsSpan(start), SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock) return true;
            if (error != SocketError.Success || count == 0) return false;

            long now = Stopwatch.GetTimestamp();
            ReadOnlySpan<byte> records = _reader.Take(buffer.AsSpan(0, start + count), _control);
            while (RecordReader.TryNext(ref records, out ReadOnlySpan<byte> record))
            {
                if (!record.IsEmpty) OnRecord(record, now);
            }
            Receiver?.OnReadEnd();
            if (start + count < buffer.Length) return true;
        }
    }

    private void OnRecord(ReadOnlySpan<byte> record, long now)
    {
        if (_question is not { } question) Receiver?.OnRecord(record, now);
        else if (record.IndexOf(question.Answer) < 0) question.Instead = Encoding.UTF8.GetString(record);
        else
        {
            _question = null;
            question.Answered.SetResult();
        }
    }

    private void OnControl(Opcode opcode)
    {
        // Whose payload is not sent back: the pings of both servers have none.
        if (opcode == Opcode.Ping) Send(PongFrame);
    }

    private sealed record Question(byte[] Answer, TaskCompletionSource Answered)
    {
        public string Instead { get; set; } = "nothing";
    }
}

/// <summary>What is done with what a client receives. Never called by two threads at once.</summary>
internal interface IReceiver
{
    void OnRecord(ReadOnlySpan<byte> record, long now);

    void OnReadEnd();
}
