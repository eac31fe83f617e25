namespace Concierge.Actors.Directory;

/// <summary>
/// An ordered set of clients that fans out fast: readers walk a plain array, which is made anew by the first reader
/// after a change, so that thousands joining in a row cost one array and not thousands. Thread-safe.
/// </summary>
public sealed class Roster
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ClientEntry, long> _members = [];
    private ClientEntry[]? _snapshot = [];
    private Audience? _audience = Audience.Empty;
    private long _joined;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _members.Count;
        }
    }

    /// <summary>Whether the client is in it.</summary>
    public bool Contains(ClientEntry client)
    {
        lock (_gate) return _members.ContainsKey(client);
    }

    /// <summary>The members in the order of joining. The array is shared: nobody changes it.</summary>
    public ClientEntry[] Snapshot()
    {
        if (Volatile.Read(ref _snapshot) is { } current) return current;
        lock (_gate)
        {
            if (_snapshot is { } meanwhile) return meanwhile;
            var members = new ClientEntry[_members.Count];
            var order = new long[_members.Count];
            int at = 0;
            foreach ((ClientEntry member, long joined) in _members)
            {
                members[at] = member;
                order[at++] = joined;
            }
            Array.Sort(order, members);
            Volatile.Write(ref _snapshot, members);
            return members;
        }
    }

    /// <summary>The members as a message reaches them. Shared: nobody changes it.</summary>
    public Audience Audience
    {
        get
        {
            if (Volatile.Read(ref _audience) is { } current) return current;
            lock (_gate)
            {
                if (_audience is { } meanwhile) return meanwhile;
                var audience = new Audience(Snapshot());
                Volatile.Write(ref _audience, audience);
                return audience;
            }
        }
    }

    /// <summary>Adds a client at the end.</summary>
    /// <returns>False where it is in already.</returns>
    internal bool Add(ClientEntry client)
    {
        lock (_gate)
        {
            if (!_members.TryAdd(client, _joined)) return false;
            _joined++;
            _snapshot = null;
            _audience = null;
            return true;
        }
    }

    /// <summary>Takes a client out.</summary>
    /// <returns>False where it is not in it.</returns>
    internal bool Remove(ClientEntry client)
    {
        lock (_gate)
        {
            if (!_members.Remove(client)) return false;
            _snapshot = null;
            _audience = null;
            return true;
        }
    }
}
