using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Concierge.Actors.Directory;

/// <summary>
/// The key that HELLO gives a client to its files (protocol, section "Identification"): the client's uuid, which says
/// whose key it is, and 192 random bits, which make it a secret.
/// </summary>
public static class FileKey
{
    private const int UuidBytes = 16;
    private const int SecretBytes = 24;
    private const int Bytes = UuidBytes + SecretBytes;

    /// <summary>Makes a new key for a client.</summary>
    public static string Create(Guid client)
    {
        Span<byte> key = stackalloc byte[Bytes];
        client.TryWriteBytes(key);
        RandomNumberGenerator.Fill(key[UuidBytes..]);
        return Base64Url.EncodeToString(key);
    }

    /// <summary>Whether the text has a key's form, and whose it would be. Says nothing about whether it is right.</summary>
    public static bool TryReadOwner(string key, out Guid client)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bool wellFormed = Base64Url.IsValid(key, out int length) && length == Bytes
            && Base64Url.TryDecodeFromChars(key, bytes, out int written) && written == Bytes;
        client = wellFormed ? new Guid(bytes[..UuidBytes]) : default;
        return wellFormed;
    }

    /// <summary>Finds the client whose key this is, comparing in constant time.</summary>
    public static bool TryFindOwner(this DirectoryView directory, string key, [NotNullWhen(true)] out ClientEntry? client)
    {
        if (TryReadOwner(key, out Guid owner) && directory.TryGetClient(owner, out client)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(client.FileKey)))
        {
            return true;
        }
        client = null;
        return false;
    }
}
