using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Concierge.Node.WebConsole;

/// <summary>A file of the console in all forms in which it is sent. Thread-safe.</summary>
internal sealed class ConsoleFile
{
    private readonly Lazy<Form?> _brotli, _gzip;

    /// <summary>Takes a file's content.</summary>
    /// <param name="path">Its path below the console's folder, with a slash before each part.</param>
    /// <param name="content">Its content; shared, and never changed.</param>
    public ConsoleFile(string path, byte[] content)
    {
        (ContentType, var shrinks) = Path.GetExtension(path) switch
        {
            ".html" => ("text/html; charset=utf-8", true),
            ".js" => ("text/javascript; charset=utf-8", true),
            ".css" => ("text/css; charset=utf-8", true),
            ".svg" => ("image/svg+xml", true),
            ".json" or ".webmanifest" => ("application/json", true),
            ".txt" => ("text/plain; charset=utf-8", true),
            ".png" => ("image/png", false),
            ".ico" => ("image/vnd.microsoft.icon", false),
            ".woff2" => ("font/woff2", false),
            _ => ("application/octet-stream", false),
        };
        // Vite puts a hash of the content into the names of what is in there, and of nothing else.
        CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        Plain = new Form(null, content, TagOf(hash));
        // On a small machine this takes a tenth of a second: not before somebody asks.
        _brotli = new Lazy<Form?>(() => shrinks ? Compress("br", hash, target => new BrotliStream(target, new BrotliCompressionOptions { Quality = 9 }, leaveOpen: true)) : null);
        _gzip = new Lazy<Form?>(() => shrinks ? Compress("gzip", hash, target => new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true)) : null);
    }

    /// <summary>What it is.</summary>
    public string ContentType { get; }

    /// <summary>How long who has it may use it without asking.</summary>
    public string CacheControl { get; }

    private Form Plain { get; }

    /// <summary>The form that suits a client best (RFC 9110, section 12.5.3).</summary>
    public Form FormFor(IList<StringWithQualityHeaderValue> accepted)
    {
        double brotli = QualityOf("br"), gzip = QualityOf("gzip");
        return (brotli > 0 && brotli >= gzip ? _brotli.Value : gzip > 0 ? _gzip.Value : null) ?? Plain;

        double QualityOf(string coding) => Find(coding) ?? Find("*") ?? 0;

        double? Find(string coding) =>
            accepted.FirstOrDefault(it => it.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { } found ? found.Quality ?? 1 : null;
    }

    private Form? Compress(string coding, string hash, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed)) stream.Write(Plain.Content.Span);
        return compressed.Length < Plain.Content.Length ? new Form(coding, compressed.ToArray(), TagOf($"{hash}-{coding}")) : null;
    }

    private static EntityTagHeaderValue TagOf(string text) => new($"\"{text}\"");

    /// <summary>The bytes that are sent, and what tells them from all others at the same address.</summary>
    /// <param name="Coding">How they are compressed; null where they aren't.</param>
    /// <param name="Content">The bytes.</param>
    /// <param name="Tag">Changes with the bytes.</param>
    public sealed record Form(string? Coding, ReadOnlyMemory<byte> Content, EntityTagHeaderValue Tag);
}
