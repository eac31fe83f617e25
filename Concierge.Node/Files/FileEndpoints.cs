using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Concierge.Node.Files;

/// <summary>Files over HTTP (protocol, section "Files"): who may do what, and the status that each outcome has.</summary>
internal sealed partial class FileEndpoints(ClientFiles files, IClientKeys keys, ILogger<FileEndpoints> logger)
{
    private const string Prefix = "/fs/";
    private const int FormOverhead = 64 * 1024;

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
            if (e.InnerException is not null) LogFault(e.InnerException, e.Message);
            await RefuseAsync(context, e.Status, e.Message);
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

    private Task ServeAsync(HttpContext context)
    {
        var caller = Caller.Identify(context.Request, keys);
        var (owner, path) = ReadTarget(context);
        return context.Request.Method switch
        {
            "GET" or "HEAD" => SendAsync(context, owner, path),
            "POST" => ReceiveAsync(context, RequireOwner(caller, owner), path),
            "DELETE" => DeleteAsync(context, RequireOwner(caller, owner), path),
            _ => throw new RefusedException(StatusCodes.Status405MethodNotAllowed, "Only GET, HEAD, POST and DELETE are known here."),
        };
    }

    private async Task SendAsync(HttpContext context, Guid? owner, string path)
    {
        if (owner is not { } client || path.Length == 0 || files.Open(client, Parse(path)) is not { } content) throw NoSuchFile();
        var written = File.GetLastWriteTimeUtc(content.SafeFileHandle);
        var version = new EntityTagHeaderValue($"\"{written.Ticks:x}-{content.Length:x}\"");
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await TypedResults
            .File(content, "application/octet-stream", Parse(path).Name, written, version, enableRangeProcessing: true)
            .ExecuteAsync(context);
    }

    private async Task ReceiveAsync(HttpContext context, Guid client, string path)
    {
        var single = path.Length > 0 ? Parse(path) : null;
        var form = FileForm.Open(context.Request);
        if (single is not null && context.Request.ContentLength > files.Settings.MaxSize + FormOverhead)
            throw Upload.TooLarge(single.Name, files.Settings.MaxSize);

        // The limit is each file's, not the form's.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        using var upload = files.BeginUpload(client);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(upload.Left, context.RequestAborted);
        try
        {
            while (await form.NextAsync(ending.Token) is { } file)
            {
                if (single is not null && upload.Count == 1)
                    throw new RefusedException(
                        StatusCodes.Status412PreconditionFailed, $"One file is expected here; send several to {Prefix}{client}/.");
                await upload.ReceiveAsync(single ?? ParseName(file.Name), file.Content, ending.Token);
            }
        }
        catch (OperationCanceledException) when (upload.Left.IsCancellationRequested)
        {
            throw new RefusedException(StatusCodes.Status401Unauthorized, "The client has left while it uploaded.");
        }

        if (upload.Count == 0) throw new RefusedException(StatusCodes.Status400BadRequest, "The form has no file in it.");
        upload.Commit();
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private Task DeleteAsync(HttpContext context, Guid client, string path)
    {
        if (path.Length == 0 || !files.Delete(client, Parse(path))) throw NoSuchFile();
        context.Response.StatusCode = StatusCodes.Status200OK;
        return Task.CompletedTask;
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

    private Guid RequireOwner(Caller caller, Guid? owner)
    {
        if (owner != caller.Client)
            throw new RefusedException(StatusCodes.Status403Forbidden, "Only its own client may write to a folder.");
        if (files.Settings.Strict && !caller.IsProven)
            throw new RefusedException(
                StatusCodes.Status403Forbidden, "Writing takes the file_key from HELLO here; a uuid is known to everybody.");
        return caller.Client;
    }

    private static FilePath Parse(string encoded) =>
        FilePath.TryParseEncoded(encoded, out var path, out var fault) ? path : throw BadPath("The path", fault);

    private static FilePath ParseName(string name) =>
        FilePath.TryParse(name, out var path, out var fault) ? path : throw BadPath("A file's name in the form", fault);

    private static RefusedException BadPath(string what, string fault) => new(StatusCodes.Status400BadRequest, $"{what} {fault}.");

    private static RefusedException NoSuchFile() => new(StatusCodes.Status404NotFound, "There is no such file.");

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        return Http.PlainText.WriteAsync(context, status, message);
    }

    [LoggerMessage(1, LogLevel.Error, "{message}")]
    private partial void LogFault(Exception cause, string message);
}
