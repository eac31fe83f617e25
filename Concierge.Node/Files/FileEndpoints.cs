using System.Buffers;
using Concierge.Actors.Files;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Concierge.Node.Files;

/// <summary>Files over HTTP (protocol, section "Files"): who may do what, and the status that each outcome has.</summary>
internal sealed partial class FileEndpoints(IFileStore files, IClientKeys keys, ILogger<FileEndpoints> logger)
{
    private const string Prefix = "/fs/";
    private const int FormOverhead = 64 * 1024;
    private const int BufferSize = 128 * 1024;

    private readonly RequestsInWork _inWork = new();

    /// <summary>Answers a request below <c>/fs</c>.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        CrossOrigin.Allow(context.Response);
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            CrossOrigin.AnswerPreflight(context.Response);
            return;
        }

        try
        {
            await ServeAsync(context);
        }
        catch (RefusedException e)
        {
            await RefuseAsync(context, e.Status, e.Message);
        }
        catch (FileRefusedException e)
        {
            if (e.InnerException is not null) LogFault(e.InnerException, e.Message);
            await RefuseAsync(context, StatusOf(e.Why), e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The form is not well-formed, or ends early.");
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        var caller = Caller.Identify(context.Request, keys);
        using var counted = _inWork.Begin(caller);
        var (owner, path) = ReadTarget(context);
        await (context.Request.Method switch
        {
            "GET" or "HEAD" => SendAsync(context, owner, path),
            "POST" => ReceiveAsync(context, RequireOwner(caller, owner), path),
            "DELETE" => DeleteAsync(context, RequireOwner(caller, owner), path),
            _ => throw new RefusedException(StatusCodes.Status405MethodNotAllowed, "Only GET, HEAD, POST and DELETE are known here."),
        });
    }

    private async Task SendAsync(HttpContext context, Guid? owner, string path)
    {
        if (owner is not { } client || path.Length == 0) throw NoSuchFile();
        var file = Parse(path);
        var (bytes, written) = await files.OpenAsync(client, file.ToString(), context.RequestAborted);
        var version = new EntityTagHeaderValue($"\"{written.UtcTicks:x}-{bytes.Length:x}\"");
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await TypedResults
            .File(bytes, "application/octet-stream", file.Name, written, version, enableRangeProcessing: true)
            .ExecuteAsync(context);
    }

    private async Task ReceiveAsync(HttpContext context, Caller caller, string path)
    {
        var single = path.Length > 0 ? Parse(path) : null;
        using var upload = await files.BeginUploadAsync(caller.Client, caller.IsProven, context.RequestAborted);
        var form = FileForm.Open(context.Request);
        if (single is not null && context.Request.ContentLength > upload.MaxSize + FormOverhead)
            throw Upload.TooLarge(single.Name, upload.MaxSize);

        // The limit is each file's, not the form's.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(upload.Ended, context.RequestAborted);
        var count = 0;
        try
        {
            while (await form.NextAsync(ending.Token) is { } file)
            {
                if (single is not null && count == 1)
                    throw new RefusedException(
                        StatusCodes.Status412PreconditionFailed, $"One file is expected here; send several to {Prefix}{caller.Client}/.");
                await upload.BeginFileAsync((single ?? ParseName(file.Name)).ToString(), ending.Token);
                await PassOnAsync(file.Content, upload, ending.Token);
                count++;
            }
        }
        catch (OperationCanceledException) when (upload.Refusal is { } refusal)
        {
            throw refusal;
        }

        if (count == 0) throw new RefusedException(StatusCodes.Status400BadRequest, "The form has no file in it.");
        await upload.CommitAsync(context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private static async Task PassOnAsync(Stream content, IFileUpload upload, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int read; (read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation)) > 0;)
                await upload.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task DeleteAsync(HttpContext context, Caller caller, string path)
    {
        if (path.Length == 0) throw NoSuchFile();
        await files.DeleteAsync(caller.Client, caller.IsProven, Parse(path).ToString(), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }

    /// <summary>Splits the target as it was sent: what Kestrel makes of it has slashes decoded and dots resolved already.</summary>
    private static (Guid? Owner, string Path) ReadTarget(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // A proxy's client sends the whole URL (RFC 9112, section 3.2.2).
        if (!target.StartsWith('/')) target = '/' + target.Split('/', 4)[^1];
        target = target.Split('?', 2)[0];
        if (!target.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) throw NoSuchFile();
        var parts = target[Prefix.Length..].Split('/', 2);
        return (Guid.TryParseExact(parts[0], "D", out var owner) ? owner : null, parts.Length == 2 ? parts[1] : "");
    }

    private static Caller RequireOwner(Caller caller, Guid? owner)
    {
        if (owner != caller.Client)
            throw new RefusedException(StatusCodes.Status403Forbidden, "Only its own client may write to a folder.");
        return caller;
    }

    private static FilePath Parse(string encoded) =>
        FilePath.TryParseEncoded(encoded, out var path, out var fault) ? path : throw FilePath.Bad("The path", fault);

    private static FilePath ParseName(string name) =>
        FilePath.TryParse(name, out var path, out var fault) ? path : throw FilePath.Bad("A file's name in the form", fault);

    private static RefusedException NoSuchFile() => new(StatusCodes.Status404NotFound, "There is no such file.");

    private static int StatusOf(FileRefusal why) => why switch
    {
        FileRefusal.NotFound => StatusCodes.Status404NotFound,
        FileRefusal.BadPath => StatusCodes.Status400BadRequest,
        FileRefusal.Forbidden => StatusCodes.Status403Forbidden,
        FileRefusal.ClientLeft => StatusCodes.Status401Unauthorized,
        FileRefusal.Conflict => StatusCodes.Status409Conflict,
        FileRefusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        FileRefusal.NoSpace => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        // What a file's own answer was to begin with doesn't belong here.
        context.Response.Clear();
        CrossOrigin.Allow(context.Response);
        return Http.PlainText.WriteAsync(context, status, message);
    }

    [LoggerMessage(1, LogLevel.Error, "{message}")]
    private partial void LogFault(Exception cause, string message);
}
