namespace Concierge.Protocol.WebSockets;

/// <summary>
/// The beginning of a payload whose rest has not arrived. Grows by doubling, so that it takes at most twice the memory of
/// what is in it, and nothing while it is empty.
/// </summary>
internal struct PartialPayload
{
    private byte[]? _bytes;

    public int Length { get; private set; }

    public readonly int Capacity => _bytes?.Length ?? 0;

    /// <param name="part">Bytes to copy.</param>
    /// <param name="expected">How many bytes can come at most, with this part; a bound on the doubling, not a promise.</param>
    public void Append(ReadOnlySpan<byte> part, int expected)
    {
        if (part.IsEmpty) return;
        int needed = Length + part.Length;
        if (needed > Capacity)
        {
            int doubled = (int)Math.Min(2L * Capacity, (long)Length + expected);
            byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Max(needed, doubled));
            _bytes.AsSpan(0, Length).CopyTo(larger);
            _bytes = larger;
        }

        part.CopyTo(_bytes.AsSpan(Length));
        Length = needed;
    }

    /// <summary>The whole payload, and forgets it: <paramref name="lastPart"/> itself if nothing came before it.</summary>
    public ReadOnlyMemory<byte> TakeWith(ReadOnlyMemory<byte> lastPart)
    {
        if (Length == 0) return lastPart;
        Append(lastPart.Span, lastPart.Length);
        ReadOnlyMemory<byte> whole = _bytes.AsMemory(0, Length);
        this = default;
        return whole;
    }
}
