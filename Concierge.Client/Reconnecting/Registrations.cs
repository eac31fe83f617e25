namespace Concierge.Client;

/// <summary>
/// What a client wants to stand at the concierge for as long as it lives: its nickname, the services it created, the
/// subscriptions it made and the rooms it joined. A new connection starts without them, so the client makes them again
/// from here. Thread-safe.
/// </summary>
/// <param name="nickname">The nickname that the client starts with.</param>
internal sealed class Registrations(string? nickname)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string?> _services = [];
    private readonly Dictionary<string, bool> _subscriptions = [];
    private readonly HashSet<string> _rooms = [];
    private string? _nickname = nickname;
    private long _renamings, _renamedBy;

    /// <summary>What people call the client, or null.</summary>
    public string? Nickname
    {
        get
        {
            lock (_gate)
                return _nickname;
        }
    }

    /// <summary>The services that the client owns, by name, with their nicknames.</summary>
    public KeyValuePair<string, string?>[] Services
    {
        get
        {
            lock (_gate)
                return [.. _services];
        }
    }

    /// <summary>The services that the client wants to be subscribed to.</summary>
    public string[] Subscriptions
    {
        get
        {
            lock (_gate)
                return [.. _subscriptions.Keys];
        }
    }

    /// <summary>The rooms that the client wants to be in.</summary>
    public string[] Rooms
    {
        get
        {
            lock (_gate)
                return [.. _rooms];
        }
    }

    public bool HasService(string service)
    {
        lock (_gate)
            return _services.ContainsKey(service);
    }

    public bool HasSubscription(string service)
    {
        lock (_gate)
            return _subscriptions.ContainsKey(service);
    }

    public bool HasRoom(string room)
    {
        lock (_gate)
            return _rooms.Contains(room);
    }

    /// <summary>The client asks for another nickname.</summary>
    /// <returns>Which attempt it is: of several under way, the last one counts.</returns>
    public long Renaming()
    {
        lock (_gate)
            return ++_renamings;
    }

    /// <summary>The client has another nickname.</summary>
    public void Renamed(string? nickname, long attempt)
    {
        lock (_gate)
        {
            if (attempt <= _renamedBy)
                return;

            _renamedBy = attempt;
            _nickname = nickname;
        }
    }

    public void Joined(string room)
    {
        lock (_gate)
            _rooms.Add(room);
    }

    public void Left(string room)
    {
        lock (_gate)
            _rooms.Remove(room);
    }

    public void Created(string service, string? nickname)
    {
        lock (_gate)
            _services[service] = nickname;
    }

    /// <summary>The client gave its service up, and with it its own subscription to it.</summary>
    public void Deleted(string service)
    {
        lock (_gate)
        {
            _services.Remove(service);
            _subscriptions.Remove(service);
        }
    }

    /// <summary>Another client owns the service now.</summary>
    public void Lost(string service)
    {
        lock (_gate)
            _services.Remove(service);
    }

    public void Subscribed(string service)
    {
        lock (_gate)
            _subscriptions[service] = true;
    }

    /// <summary>The subscription stands again, if it is still wanted.</summary>
    public void Resubscribed(string service)
    {
        lock (_gate)
        {
            if (_subscriptions.ContainsKey(service))
                _subscriptions[service] = true;
        }
    }

    public void Unsubscribed(string service)
    {
        lock (_gate)
            _subscriptions.Remove(service);
    }

    /// <summary>The subscription ended without the client's doing: it is still wanted.</summary>
    public void Interrupted(string service)
    {
        lock (_gate)
        {
            if (_subscriptions.ContainsKey(service))
                _subscriptions[service] = false;
        }
    }

    /// <summary>Whether a service that appeared is one whose subscription is wanted and does not stand.</summary>
    public bool AwaitsSubscription(string service)
    {
        lock (_gate)
            return _subscriptions.TryGetValue(service, out var stands) && !stands;
    }
}
