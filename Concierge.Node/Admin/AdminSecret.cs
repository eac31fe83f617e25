using System.Security.Cryptography;
using System.Text;

namespace Concierge.Node.Admin;

/// <summary>
/// The operators' secret, and how often it may be guessed: five wrong ones at once on the whole node, and then one a
/// second. Until then right ones are refused, too; who is let in while others are not would learn from that. Thread-safe.
/// </summary>
/// <param name="secret">The secret.</param>
/// <param name="time">The clock.</param>
internal sealed class AdminSecret(string secret, TimeProvider time)
{
    private const int WrongAtOnce = 5;

    private static readonly TimeSpan PerWrong = TimeSpan.FromSeconds(1);

    // Hashed: the comparison then tells nothing of the secret's length either.
    private readonly byte[] _hash = Hash(secret);
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private TimeSpan _forgotten;

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
    public Verdict Judge(string given)
    {
        lock (_gate)
        {
            var now = time.GetElapsedTime(_start);
            if (_forgotten < now) _forgotten = now;
            if (_forgotten - now > (WrongAtOnce - 1) * PerWrong) return Verdict.TooMany;
            if (CryptographicOperations.FixedTimeEquals(_hash, Hash(given))) return Verdict.Right;
            _forgotten += PerWrong;
            return Verdict.Wrong;
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
