using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Concierge.Node.Admin;

/// <summary>
/// The operators' secret, and how often it may be guessed: five wrong ones at once from an address, and then one a second.
/// Until then right ones from there are refused, too; who is let in while others are not would learn from that. Those at other addresses
/// don't notice. Thread-safe.
/// </summary>
/// <param name="secret">The secret.</param>
/// <param name="time">The clock.</param>
internal sealed class AdminSecret(string secret, TimeProvider time)
{
    private const int WrongAtOnce = 5, MostAddresses = 1024;

    private static readonly TimeSpan PerWrong = TimeSpan.FromSeconds(1);

    // Hashed: the comparison then tells nothing of the secret's length either.
    private readonly byte[] _hash = Hash(secret);
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();

    // When the last wrong one from an address will be forgotten.
    private readonly Dictionary<IPAddress, TimeSpan> _wrong = [];

    /// <summary>What a secret that was given is worth.</summary>
    public enum Verdict
    {
        /// <summary>It is the secret.</summary>
        Right,

        /// <summary>It is another one.</summary>
        Wrong,

        /// <summary>There were too many wrong ones to look at it.</summary>
        TooMany,
    }

    /// <summary>Judges a secret that was given.</summary>
    /// <param name="given">The secret.</param>
    /// <param name="from">The address that it came from; null where there is none.</param>
    public Verdict Judge(string given, IPAddress? from)
    {
        lock (_gate)
        {
            var now = time.GetElapsedTime(_start);
            var key = KeyOf(from, now);
            var forgotten = _wrong.GetValueOrDefault(key, now);
            if (forgotten < now) forgotten = now;
            if (forgotten - now > (WrongAtOnce - 1) * PerWrong) return Verdict.TooMany;
            if (CryptographicOperations.FixedTimeEquals(_hash, Hash(given))) return Verdict.Right;
            _wrong[key] = forgotten + PerWrong;
            return Verdict.Wrong;
        }
    }

    // Who has one IPv6 address has its whole network of 64 bits. Where more guess than are remembered, the rest share what one may do.
    private IPAddress KeyOf(IPAddress? from, TimeSpan now)
    {
        var key = from switch
        {
            null => IPAddress.None,
            { IsIPv4MappedToIPv6: true } => from.MapToIPv4(),
            { AddressFamily: AddressFamily.InterNetworkV6 } => new IPAddress([.. from.GetAddressBytes().AsSpan(0, 8), .. new byte[8]]),
            _ => from,
        };
        if (_wrong.Count < MostAddresses || _wrong.ContainsKey(key)) return key;
        foreach (var (address, forgotten) in _wrong)
        {
            if (forgotten <= now) _wrong.Remove(address);
        }

        return _wrong.Count < MostAddresses ? key : IPAddress.None;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
