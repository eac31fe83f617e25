using System.Collections.Concurrent;
using Concierge.Actors.Files;

namespace Concierge.Actors.Tests.Hub;

/// <summary>A node's files, without a disk. Refuses what the test says.</summary>
internal sealed class MemoryFiles : IClientFiles
{
    public static readonly DateTimeOffset Written = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<(Guid Client, string Path), byte[]> _files = new();
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _leaving = new();

    /// <summary>What everything fails with; null where nothing does.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Every part that came, with its length.</summary>
    public ConcurrentQueue<int> Parts { get; } = new();

    /// <summary>How often somebody wanted to know whether an upload goes on.</summary>
    public int SignsOfLife;

    /// <summary>Uploads that are neither finished nor dropped.</summary>
    public int OpenUploads;

    /// <summary>Files that somebody reads.</summary>
    public int OpenFiles;

    public IEnumerable<string> Of(Guid client) => _files.Keys.Where(file => file.Client == client).Select(file => file.Path);

    public byte[] this[Guid client, string path]
    {
        get => _files[(client, path)];
        set => _files[(client, path)] = value;
    }

    /// <summary>Nothing can come of the client's uploads any more.</summary>
    public void Leave(Guid client) => Leaving(client).Cancel();

    public Task<FileContent> OpenAsync(Guid client, string path, CancellationToken cancellation)
    {
        Require();
        if (!_files.TryGetValue((client, path), out byte[]? bytes)) throw new FileRefusedException(FileRefusal.NotFound, "none");
        return Task.FromResult(new FileContent(new Opened(this, bytes), Written));
    }

    public Task<IFileUpload> BeginUploadAsync(Guid client, bool isProven, CancellationToken cancellation)
    {
        Require();
        if (!isProven) throw new FileRefusedException(FileRefusal.Forbidden, "the key");
        return Task.FromResult<IFileUpload>(new Upload(this, client, Leaving(client).Token));
    }

    public Task DeleteAsync(Guid client, bool isProven, string path, CancellationToken cancellation)
    {
        Require();
        return _files.TryRemove((client, path), out _) ? Task.CompletedTask : throw new FileRefusedException(FileRefusal.NotFound, "none");
    }

    public Task DeleteAllAsync(Guid client)
    {
        foreach (string path in Of(client)) _files.TryRemove((client, path), out _);
        return Task.CompletedTask;
    }

    private CancellationTokenSource Leaving(Guid client) => _leaving.GetOrAdd(client, _ => new CancellationTokenSource());

    private void Require()
    {
        if (Fault is not null) throw Fault;
    }

    private sealed class Opened : MemoryStream
    {
        private readonly MemoryFiles _files;

        public Opened(MemoryFiles files, byte[] bytes)
            : base(bytes, writable: false)
        {
            _files = files;
            Interlocked.Increment(ref files.OpenFiles);
        }

        protected override void Dispose(bool disposing)
        {
            Interlocked.Decrement(ref _files.OpenFiles);
            base.Dispose(disposing);
        }
    }

    private sealed class Upload : IFileUpload
    {
        private readonly MemoryFiles _files;
        private readonly Guid _client;
        private readonly List<(string Path, MemoryStream Bytes)> _received = [];
        private bool _disposed;

        public Upload(MemoryFiles files, Guid client, CancellationToken ended)
        {
            (_files, _client, Ended) = (files, client, ended);
            Interlocked.Increment(ref files.OpenUploads);
        }

        public long MaxSize => 12_345;

        public CancellationToken Ended { get; }

        public FileRefusedException? Refusal
        {
            get
            {
                Interlocked.Increment(ref _files.SignsOfLife);
                return Fault;
            }
        }

        private FileRefusedException? Fault => Ended.IsCancellationRequested ? new FileRefusedException(FileRefusal.ClientLeft, "left") : null;

        public Task BeginFileAsync(string path, CancellationToken cancellation)
        {
            _files.Require();
            _received.Add((path, new MemoryStream()));
            return Task.CompletedTask;
        }

        public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        {
            _files.Require();
            if (Fault is { } fault) throw fault;
            _files.Parts.Enqueue(bytes.Length);
            _received[^1].Bytes.Write(bytes.Span);
            return Task.CompletedTask;
        }

        public Task CommitAsync(CancellationToken cancellation)
        {
            foreach ((string path, MemoryStream bytes) in _received) _files[_client, path] = bytes.ToArray();
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            Interlocked.Decrement(ref _files.OpenUploads);
        }
    }
}
