using System.Net.Security;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>
/// The files that clients put at the concierge, over HTTP on the concierge's own port (protocol, section "Files"). A client
/// writes and deletes its own, and reads everybody's. When it leaves, or its connection is lost, its files are deleted.
/// </summary>
/// <remarks>
/// Contents are streamed, never held in memory whole. A file's name may have folders, as in <c>photos/front.jpg</c>.
/// There is no time-out but the cancellation token. All members may be used from any thread.
/// </remarks>
public sealed class FileStore
{
    private const string KeyHeader = "x-fs-key";

    private readonly Uri _root;
    private readonly HttpMessageInvoker _http;
    private readonly Func<ServerPayload.Hello> _identity;

    internal FileStore(ConciergeClientOptions options, HttpMessageInvoker http, Func<ServerPayload.Hello> identity)
    {
        // Beside the WebSocket: behind a proxy both may live under a path of its choosing.
        var webSocket = new UriBuilder(options.Uri) { Scheme = options.Uri.Scheme == "wss" ? "https" : "http", Query = "", Fragment = "" };
        _root = new Uri(webSocket.Uri, "fs/");
        _http = http;
        _identity = identity;
    }

    /// <summary>Puts a file into this client's folder, or replaces it.</summary>
    /// <param name="name">The file's name; folders in it are separated by <c>/</c>.</param>
    /// <param name="content">What it holds, read from where it stands to its end, once, and left open.</param>
    /// <param name="progress">Told how many bytes have been sent so far; null for nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FileTransferException">The concierge refused: see its status.</exception>
    /// <exception cref="HttpRequestException">There is no way to the concierge, or it broke.</exception>
    /// <exception cref="ArgumentException">The name has an empty part, or one that is <c>.</c> or <c>..</c>.</exception>
    public async Task UploadAsync(string name, Stream content, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var identity = _identity();
        using var request = Request(HttpMethod.Post, identity, identity.Uuid, name);
        request.Content = new MultipartFormDataContent { { new ProgressContent(content, progress), "file", FileName(name) } };
        // A concierge that does not want the file says so before a gigabyte of it was sent.
        request.Headers.ExpectContinue = true;
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        ThrowUnlessSuccessful(response, name);
    }

    /// <summary>Gets a file of any client's.</summary>
    /// <param name="owner">The uuid of the client that put it there.</param>
    /// <param name="name">The file's name; folders in it are separated by <c>/</c>.</param>
    /// <param name="destination">Where its bytes are written, and left open. After a failure it may hold a part of the file.</param>
    /// <param name="progress">Told how many bytes have been written so far; null for nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FileTransferException">The concierge refused: see its status.</exception>
    /// <exception cref="HttpRequestException">There is no way to the concierge, or it broke.</exception>
    /// <exception cref="IOException">The connection broke in the middle of the file, or the destination failed.</exception>
    /// <exception cref="ArgumentException">The name has an empty part, or one that is <c>.</c> or <c>..</c>.</exception>
    public async Task DownloadAsync(
        Guid owner, string name, Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var request = Request(HttpMethod.Get, _identity(), owner, name);
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        ThrowUnlessSuccessful(response, name);
        var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await content.CopyAsync(destination, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a file of this client's.</summary>
    /// <param name="name">The file's name; folders in it are separated by <c>/</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FileTransferException">The concierge refused: see its status.</exception>
    /// <exception cref="HttpRequestException">There is no way to the concierge, or it broke.</exception>
    /// <exception cref="ArgumentException">The name has an empty part, or one that is <c>.</c> or <c>..</c>.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        var identity = _identity();
        using var request = Request(HttpMethod.Delete, identity, identity.Uuid, name);
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        ThrowUnlessSuccessful(response, name);
    }

    /// <summary>What carries the WebSocket and the files. An invoker, not an HttpClient: that one buffers, and has a time-out for all.</summary>
    internal static HttpMessageInvoker CreateHttp(ConciergeClientOptions options) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // The key is for the concierge alone.
        UseCookies = false,
        ConnectTimeout = options.RequestTimeout,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = options.CertificateValidation },
    });

    internal static Uri Address(Uri root, Guid owner, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var parts = name.Split('/');
        // A Uri resolves dots, even escaped ones: what is asked for would be another file than the one that was named.
        if (parts.Any(part => part is "" or "." or ".."))
            throw new ArgumentException($"'{name}' is no file's name: expected parts separated by '/', none of them empty, '.' or '..'.", nameof(name));

        return new Uri(root, $"{owner}/{string.Join('/', parts.Select(Uri.EscapeDataString))}");
    }

    private HttpRequestMessage Request(HttpMethod method, ServerPayload.Hello identity, Guid owner, string name)
    {
        var request = new HttpRequestMessage(method, Address(_root, owner, name));
        request.Headers.Add(KeyHeader, identity.FileKey ?? identity.Uuid.ToString());
        return request;
    }

    private static string FileName(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static void ThrowUnlessSuccessful(HttpResponseMessage response, string name)
    {
        if (!response.IsSuccessStatusCode)
            throw new FileTransferException(name, response.StatusCode);
    }
}
