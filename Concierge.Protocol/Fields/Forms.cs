using System.Text.Json;

namespace Concierge.Protocol.Fields;

/// <summary>The forms that an object tagged by <c>type</c> may have, the commonest first, as they are found first.</summary>
internal sealed class Forms<T>(params (JsonEncodedText Type, ReadForm<T> Read)[] forms)
{
    /// <summary>How to read an object of that type; null for an unknown one.</summary>
    public ReadForm<T>? Find(ReadOnlySpan<byte> type)
    {
        foreach (var (name, read) in forms)
        {
            if (type.SequenceEqual(name.EncodedUtf8Bytes))
                return read;
        }

        return null;
    }

    /// <summary>All types, for people.</summary>
    public override string ToString() => string.Join(", ", Array.ConvertAll(forms, form => form.Type.Value));
}
