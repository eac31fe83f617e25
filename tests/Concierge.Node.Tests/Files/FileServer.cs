using System.Collections.Concurrent;
using Concierge.Actors.Directory;
using Concierge.Node.Configuration;
using Concierge.Node.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concierge.Node.Tests.Files;

/// <summary>The file routes alone on a port of their own, with clients that come and go as the test says.</summary>
internal sealed class FileServer : IAsyncDisposable, IClientKeys
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<Guid, FileKey> _keys = new();
    private readonly WebApplication _app;
    private readonly ClientFiles _files;

    private FileServer(long maxSize, bool strict)
    {
        _files = new ClientFiles(new FileSettings(Enabled: true, _folder.Path("files"), maxSize, strict), this);
        var endpoints = new FileEndpoints(_files, this, NullLogger<FileEndpoints>.Instance);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(endpoints.HandleAsync);
    }

    public HttpClient Http { get; private set; } = null!;

    public static async Task<FileServer> StartAsync(long maxSize = 1 << 20, bool strict = false)
    {
        var server = new FileServer(maxSize, strict);
        await server._app.StartAsync();
        server.Http = new HttpClient { BaseAddress = new Uri(server._app.Urls.Single()) };
        return server;
    }

    /// <summary>A client comes.</summary>
    public FileClient Join()
    {
        var uuid = Guid.NewGuid();
        var key = FileKey.Create(uuid);
        _keys[uuid] = key;
        return new FileClient(this, uuid, key.Reveal());
    }

    /// <summary>A client leaves, as the directory has it: first it can't be found any more, then its files are deleted.</summary>
    public Task LeaveAsync(FileClient client)
    {
        _keys.TryRemove(client.Uuid, out _);
        return _files.DeleteAllAsync(client.Uuid);
    }

    /// <summary>All files on disk, finished or not, but for the folder's own lock.</summary>
    public IEnumerable<string> OnDisk() =>
        Directory.EnumerateFiles(_folder.Path("files"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock");

    public bool IsConnected(Guid client) => _keys.ContainsKey(client);

    public bool IsHere(Guid client) => IsConnected(client);

    public bool IsKeyOf(Guid client, string fileKey) => _keys.TryGetValue(client, out var key) && key.Matches(fileKey);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _files.Dispose();
        _folder.Dispose();
    }
}

/// <summary>A client, and what it may ask for.</summary>
internal sealed record FileClient(FileServer Server, Guid Uuid, string Key)
{
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Content)[] files) =>
        SendAsync(HttpMethod.Post, $"/fs/{Uuid}/{path}", Uuid.ToString(), Form(files));

    public Task<HttpResponseMessage> GetAsync(string path, Guid? owner = null) =>
        SendAsync(HttpMethod.Get, $"/fs/{owner ?? Uuid}/{path}", Uuid.ToString());

    public Task<HttpResponseMessage> DeleteAsync(string path, Guid? owner = null) =>
        SendAsync(HttpMethod.Delete, $"/fs/{owner ?? Uuid}/{path}", Uuid.ToString());

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null) request.Headers.TryAddWithoutValidation("x-fs-key", key);
        return await Server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static MultipartFormDataContent Form(params (string Name, string Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files) form.Add(new StringContent(content), "file", name);
        return form;
    }
}
