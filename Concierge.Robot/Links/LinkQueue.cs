using System.Diagnostics.CodeAnalysis;
using Concierge.Protocol;

namespace Concierge.Robot.Links;

/// <summary>
/// What waits to be sent. Of what has a key only the newest waits, in the place of the older one; of all else no more than a
/// number, and the oldest goes. For one thread.
/// </summary>
internal sealed class LinkQueue
{
    private const int MostDirect = 256;

    private readonly LinkedList<Entry> _entries = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = [];
    private int _direct;

    public void Add(Target target, RawJson data, string? key = null)
    {
        var entry = new Entry(target, data, key);
        if (key is null)
        {
            _entries.AddLast(entry);
            if (++_direct > MostDirect) DropOldestDirect();
        }
        else if (_byKey.TryGetValue(key, out var waiting))
        {
            waiting.Value = entry;
        }
        else
        {
            _byKey[key] = _entries.AddLast(entry);
        }
    }

    public bool TryTake([NotNullWhen(true)] out Entry? entry)
    {
        entry = _entries.First?.Value;
        if (entry is null) return false;
        Remove(_entries.First!);
        return true;
    }

    private void DropOldestDirect()
    {
        var node = _entries.First;
        while (node!.Value.Key is not null) node = node.Next;
        Remove(node);
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _entries.Remove(node);
        if (node.Value.Key is { } key) _byKey.Remove(key);
        else _direct--;
    }

    internal sealed record Entry(Target Target, RawJson Data, string? Key);
}
