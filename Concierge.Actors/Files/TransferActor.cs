using Akka.Actor;
using Akka.Event;

namespace Concierge.Actors.Files;

/// <summary>
/// What another node does with a file of this one: reads it, uploads or deletes it, one request after the other. When the
/// other node says nothing for a while, or that it is over, what it had open is closed and what it had not finished is
/// gone.
/// </summary>
internal sealed class TransferActor : ReceiveActor
{
    /// <summary>After so long without a sign of life the transfer is given up.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IFileStore _files;
    private readonly IActorRef _self;
    private FileContent? _content;
    private IFileUpload? _upload;
    private CancellationTokenRegistration _ending;

    public TransferActor(IFileStore files)
    {
        (_files, _self) = (files, Self);
        Receive<FileMessage.Close>(_ => Context.Stop(Self));
        Receive<ReceiveTimeout>(_ => Context.Stop(Self));
        ReceiveAsync<FileMessage.Request>(AnswerAsync);
        // What has come is deleted at once; until the other node has heard why, it is refused the rest.
        ReceiveAsync<Ended>(_ => Task.Run(() => _upload?.Dispose()));
        Context.SetReceiveTimeout(Patience);
    }

    public static Props Props(IFileStore files) => Akka.Actor.Props.Create(() => new TransferActor(files));

    protected override void PostStop()
    {
        _ending.Dispose();
        _ = Task.Run(() =>
        {
            _content?.Bytes.Dispose();
            _upload?.Dispose();
        });
    }

    private async Task AnswerAsync(FileMessage.Request request)
    {
        FileMessage answer;
        try
        {
            // Disks make their callers wait, and the dispatcher's threads are everybody's.
            answer = await Task.Run(() => DoAsync(request));
        }
        catch (FileRefusedException e)
        {
            if (e.InnerException is { } cause) Context.GetLogger().Error(cause, "{0}", e.Message);
            answer = new FileMessage.Refused(e.Why, e.Message);
        }
        catch (Exception e)
        {
            Context.GetLogger().Error(e, "What another node wanted of a file failed");
            answer = new FileMessage.Refused(FileRefusal.Unavailable, "The node that has the file failed; try again later.");
        }
        Sender.Tell(answer);
        if (_content is null && _upload is null) Context.Stop(Self);
    }

    // Not on the actor's thread; but the actor takes no other message meanwhile.
    private async Task<FileMessage> DoAsync(FileMessage.Request request)
    {
        switch (request)
        {
            case FileMessage.Open(_, var client, var path) when IsNew:
                _content = await _files.OpenAsync(client, path, default);
                return new FileMessage.Opened(_content.Bytes.Length, _content.Written);
            case FileMessage.Read(_, var offset) when _content is not null:
                return new FileMessage.Chunk(await ReadAsync(_content.Bytes, offset));
            case FileMessage.Begin(_, var client, var isProven) when IsNew:
                _upload = await _files.BeginUploadAsync(client, isProven, default);
                _ending = _upload.Ended.Register(() => _self.Tell(Ended.Instance));
                return new FileMessage.Begun(_upload.MaxSize);
            case FileMessage.Add(_, var path) when _upload is not null:
                await _upload.BeginFileAsync(path, default);
                break;
            case FileMessage.Append(_, var bytes) when _upload is not null:
                await _upload.WriteAsync(bytes, default);
                break;
            case FileMessage.Commit when _upload is not null:
                await _upload.CommitAsync(default);
                break;
            case FileMessage.Delete(_, var client, var isProven, var path) when IsNew:
                await _files.DeleteAsync(client, isProven, path, default);
                break;
            case FileMessage.KeepAlive:
                if (_upload?.Refusal is { } refusal) throw refusal;
                break;
            default:
                throw new InvalidOperationException($"{request.GetType().Name} came out of turn.");
        }
        return FileMessage.Done.Instance;
    }

    private bool IsNew => _content is null && _upload is null;

    private static async Task<byte[]> ReadAsync(Stream bytes, long offset)
    {
        int count = (int)Math.Clamp(bytes.Length - offset, 0, FileMessage.ChunkSize);
        if (count == 0) return [];
        var chunk = new byte[count];
        bytes.Position = offset;
        await bytes.ReadExactlyAsync(chunk);
        return chunk;
    }

    /// <summary>Nothing can come of the upload any more.</summary>
    private sealed record Ended : IDeadLetterSuppression
    {
        public static readonly Ended Instance = new();
    }
}
