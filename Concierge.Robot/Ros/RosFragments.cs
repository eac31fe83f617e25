using System.Text;

namespace Concierge.Robot.Ros;

/// <summary>
/// Puts fragments together (rosbridge's protocol, 3.2.1). They may come in any order, and those of several messages mixed;
/// what never becomes whole is forgotten for the sake of what is newer. For one thread.
/// </summary>
/// <param name="mostBytes">The largest message, and all unfinished ones together.</param>
internal sealed class RosFragments(int mostBytes)
{
    private readonly LinkedList<Unfinished> _unfinished = new();
    private int _bytes;

    /// <summary>Takes a fragment.</summary>
    /// <returns>The message, where it is whole now.</returns>
    public byte[]? Add(RosOperation.Fragment fragment)
    {
        // A fragment has a character at least: more of them than bytes are never a message.
        if (fragment.Total < 1 || fragment.Total > mostBytes || fragment.Number < 0 || fragment.Number >= fragment.Total) return null;
        var message = _unfinished.FirstOrDefault(it => it.Id == fragment.Id);
        if (message is not null && message.Total != fragment.Total)
        {
            Forget(message);
            message = null;
        }

        if (message is null) _unfinished.AddLast(message = new Unfinished(fragment.Id, fragment.Total));
        _bytes += message.Put(fragment.Number, fragment.Data);
        while (_bytes > mostBytes && _unfinished.First is { } oldest) Forget(oldest.Value);
        if (!message.IsWhole || !_unfinished.Contains(message)) return null;
        Forget(message);
        return message.Join();
    }

    private void Forget(Unfinished message)
    {
        if (_unfinished.Remove(message)) _bytes -= message.Bytes;
    }

    private sealed class Unfinished(string id, int total)
    {
        private readonly SortedDictionary<int, byte[]> _parts = [];

        public string Id => id;

        public int Total => total;

        public int Bytes { get; private set; }

        public bool IsWhole => _parts.Count == total;

        /// <returns>By how much it has grown.</returns>
        public int Put(int number, string data)
        {
            var part = Encoding.UTF8.GetBytes(data);
            if (!_parts.TryAdd(number, part)) return 0;
            Bytes += part.Length;
            return part.Length;
        }

        public byte[] Join() => [.. _parts.Values.SelectMany(part => part)];
    }
}
