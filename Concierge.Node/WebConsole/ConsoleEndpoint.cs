using System.Collections.Frozen;
using Concierge.Node.Configuration;
using Concierge.Node.Http;
using Microsoft.Net.Http.Headers;

namespace Concierge.Node.WebConsole;

/// <summary>
/// The console for browsers: the files that <c>Concierge.Console</c> is built to. They are read once, at the start; no path that a client asks for
/// ever reaches the disk.
/// </summary>
internal sealed class ConsoleEndpoint
{
    /// <summary>What a node says that was built without one.</summary>
    public const string Missing = "There is no console for browsers in this build: install Node.js 20.19 or newer, with npm, and build again.";

    /// <summary>
    /// The page runs what came with it, talks to the node that it came from, and is part of no other page. What others have said
    /// can't become part of the document: there is no way to make HTML of a text (Trusted Types).
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private const string PermissionsPolicy =
        "camera=(), microphone=(), geolocation=(), display-capture=(), midi=(), payment=(), usb=(), serial=(), hid=()";

    private readonly FrozenDictionary<string, ConsoleFile> _files;

    /// <summary>Reads the console's files.</summary>
    /// <exception cref="InvalidConfigurationException">One of them can't be read.</exception>
    public ConsoleEndpoint(ConsoleSettings settings)
    {
        IsEnabled = settings.Enabled;
        _files = settings.Enabled ? Read(settings.Folder) : FrozenDictionary<string, ConsoleFile>.Empty;
    }

    /// <summary>Whether browsers are to be served.</summary>
    public bool IsEnabled { get; }

    /// <summary>The page itself; null where there is none.</summary>
    public ConsoleFile? Page => Find("/index.html");

    /// <summary>The file of that path; null where there is none.</summary>
    public ConsoleFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>Whether who asks is a browser that wants to show the answer.</summary>
    public static bool IsWantedBy(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(it => it.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && it.Quality != 0);

    /// <summary>Answers with a file.</summary>
    public static async Task SendAsync(HttpContext context, ConsoleFile file)
    {
        if (!await Reading.IsWhatIsAskedAsync(context)) return;
        var request = context.Request.GetTypedHeaders();
        var form = file.FormFor(request.AcceptEncoding);
        var headers = context.Response.Headers;
        headers.ETag = form.Tag.ToString();
        headers.CacheControl = file.CacheControl;
        headers.Append(HeaderNames.Vary, "Accept-Encoding");
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        if (request.IfNoneMatch.Any(tag => tag.Compare(EntityTagHeaderValue.Any, useStrongComparison: false) || tag.Compare(form.Tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = file.ContentType;
        headers.ContentEncoding = form.Coding;
        headers.ContentLength = form.Content.Length;
        if (HttpMethods.IsGet(context.Request.Method)) await context.Response.Body.WriteAsync(form.Content, context.RequestAborted);
    }

    private static FrozenDictionary<string, ConsoleFile> Read(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (File: file, Path: PathOf(folder, file)))
                    .ToFrozenDictionary(it => it.Path, it => new ConsoleFile(it.Path, File.ReadAllBytes(it.File)), StringComparer.Ordinal)
                : FrozenDictionary<string, ConsoleFile>.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"concierge.console.enabled = on: the console's files can't be read: {e.Message}", e);
        }
    }

    private static string PathOf(string folder, string file) => "/" + Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
}
