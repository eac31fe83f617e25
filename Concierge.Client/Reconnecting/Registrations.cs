namespace Concierge.Client;

/// <summary>
/// What a client wants to stand at the concierge for as long as it lives: the services it created and the subscriptions it
/// made. A new connection starts without them, so the client makes them again from here. Thread-safe.
/// </summary>
internal sealed class Registrations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string?> _services = [];
    private readonly Dictionary<string, bool> _subscriptions = [];

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
