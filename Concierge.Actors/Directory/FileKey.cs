using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Concierge.Actors.Directory;

/// <summary>
/// The key that HELLO gives a client to its files (protocol, section "Identification"): the client's uuid, which says
/// whose key it is, and 192 random bits, which make it a secret. As text it is base64url of the two.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
[SuppressMessage("Performance", "CA1815", Justification = "Keys are compared by Matches, in constant time, and by nothing else.")]
public readonly struct FileKey
{
    /// <summary>How many bytes a key has.</summary>
    internal const int Size = 16 + 24;

    private readonly Guid _client;
    private readonly ulong _secret0, _secret1, _secret2;

    private FileKey(Guid client)
    {
        _client = client;
        Span<ulong> secret = stackalloc ulong[3];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(secret));
        (_secret0, _secret1, _secret2) = (secret[0], secret[1], secret[2]);
    }

    /// <summary>Makes a new key for a client.</summary>
    public static FileKey Create(Guid client) => new(client);

    /// <summary>Whether the text has a key's form, and whose it would be. Says nothing about whether it is right.</summary>
    public static bool TryReadOwner(string key, out Guid client)
    {
        bool wellFormed = TryRead(key, out FileKey read);
        client = read._client;
        return wellFormed;
    }

    /// <summary>Whether the text is this key. Takes the same time for every wrong key.</summary>
    public bool Matches(string key)
    {
        bool wellFormed = TryRead(key, out FileKey given);
        return CryptographicOperations.FixedTimeEquals(Span(in given), Span(in this)) && wellFormed;
    }

    /// <summary>The key for other nodes, which check it as this one does.</summary>
    internal byte[] Bytes => Span(in this).ToArray();

    /// <summary>Never the key, which must not get into a log: see <see cref="Reveal"/>.</summary>
    public override string ToString() => $"file key of {_client}";

    /// <summary>The key as text, for the client that it belongs to and nobody else.</summary>
    public string Reveal() => Base64Url.EncodeToString(Span(in this));

    private static bool TryRead(string key, out FileKey read)
    {
        read = default;
        return Base64Url.IsValid(key, out int length) && length == Size
            && Base64Url.TryDecodeFromChars(key, MemoryMarshal.AsBytes(new Span<FileKey>(ref read)), out _);
    }

    /// <summary>The key that another node has made.</summary>
    internal static FileKey Of(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<FileKey>(bytes);

    private static ReadOnlySpan<byte> Span(in FileKey key) => MemoryMarshal.AsBytes(new ReadOnlySpan<FileKey>(in key));
}
