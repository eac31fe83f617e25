using System.Diagnostics.CodeAnalysis;

namespace Akka.Remote;

/// <summary>What the texts of a connection stand for, so that one that comes often is decoded once. Bounded: when full it starts anew.</summary>
internal sealed class Utf8Cache<T>
{
    private const int Most = 4096;

    private readonly Dictionary<byte[], T> _values = new(Comparer.Instance);
    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;

    internal Utf8Cache() => _bySpan = _values.GetAlternateLookup<ReadOnlySpan<byte>>();

    internal bool TryGet(ReadOnlySpan<byte> text, out T value) => _bySpan.TryGetValue(text, out value);

    internal void Add(ReadOnlySpan<byte> text, T value)
    {
        if (_values.Count >= Most)
            _values.Clear();
        _bySpan[text] = value;
    }

    private sealed class Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        internal static readonly Comparer Instance = new();

        public bool Equals(byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
