using Concierge.Protocol;

namespace Concierge.Actors.Tests.Services;

/// <summary>What a client does.</summary>
public enum Deed
{
    Create,
    Delete,
    Subscribe,
    Unsubscribe,
    Leave,
}

/// <summary>One thing that one client does to one service; leaving is followed by coming back under the same name.</summary>
public readonly record struct Move(int Client, Deed Deed, int Service)
{
    public string Name => $"s{Service}";

    public override string ToString() => Deed == Deed.Leave ? $"c{Client} leaves" : $"c{Client} {Deed} {Name}";
}

/// <summary>
/// The protocol's rules on services and subscriptions, one move after another: who is answered what, and who hears
/// of it. Written down as plainly as possible.
/// </summary>
internal sealed class Model(ClientInfo[] clients)
{
    private readonly Dictionary<string, Service> _services = [];
    private readonly List<ServerPayload>[] _heardOfItself = [.. clients.Select(_ => new List<ServerPayload>())];
    private readonly List<ServerPayload>[] _heardOfOthers = [.. clients.Select(_ => new List<ServerPayload>())];
    private readonly Dictionary<Guid, List<string>> _subscriptions = clients.ToDictionary(client => client.Uuid, _ => new List<string>());

    public IReadOnlyList<ServerPayload> HeardOfItself(int client) => _heardOfItself[client];

    public IReadOnlyList<ServerPayload> HeardOfOthers(int client) => _heardOfOthers[client];

    public IEnumerable<ServiceInfo> Services => _services.Values.Select(service => service.Full);

    public IEnumerable<ServiceInfo> Subscriptions(int client) => _subscriptions[clients[client].Uuid].Select(name => _services[name].Full);

    /// <summary>Makes a move.</summary>
    /// <returns>The answer, without its seq.</returns>
    public ServerPayload Do(Move move)
    {
        ClientInfo client = clients[move.Client];
        _services.TryGetValue(move.Name, out Service? service);
        switch (move.Deed)
        {
            case Deed.Create:
                if (service is not null) return new ServerPayload.ServiceCreateResult(false, service.Full);
                service = _services[move.Name] = new Service(move.Name, client.Uuid, []);
                Tell(new ServerPayload.ServiceCreateResult(true, service.Bare), _ => true, move.Client);
                return new ServerPayload.ServiceCreateResult(true, service.Bare);

            case var _ when service is null:
                return new ServerPayload.InvalidService(move.Name);

            case Deed.Delete when service.Owner != client.Uuid:
                return new ServerPayload.Bad();

            case Deed.Delete:
                Delete(service, move.Client);
                return new ServerPayload.ServiceDeleteResult(service.Full);

            case Deed.Subscribe when service.Subscribers.Contains(client.Uuid):
                return new ServerPayload.SelfSubscribeResult(false, service.Full);

            case Deed.Subscribe:
                service.Subscribers.Add(client.Uuid);
                _subscriptions[client.Uuid].Add(move.Name);
                Tell(new ServerPayload.ServiceClientSubscribed(client, service.Bare), service.Subscribers.Contains, move.Client);
                return new ServerPayload.SelfSubscribeResult(true, service.Full);

            default:
                bool was = Unsubscribe(service, move.Client);
                return new ServerPayload.SelfUnsubscribeResult(was, service.Full);
        }
    }

    /// <summary>A client leaves, and comes back as somebody else of that name.</summary>
    public void Leave(int index, ClientInfo successor)
    {
        ClientInfo client = clients[index];
        foreach (Service service in _services.Values.Where(service => service.Owner == client.Uuid).OrderBy(service => service.Age).ToList())
            Delete(service, index);
        foreach (string name in _subscriptions[client.Uuid].ToList()) Unsubscribe(_services[name], index);
        _subscriptions.Remove(client.Uuid);
        Tell(new ServerPayload.ClientLeft(client), uuid => uuid != client.Uuid, index);

        clients[index] = successor;
        _subscriptions[successor.Uuid] = [];
        _heardOfItself[index].Clear();
        _heardOfOthers[index].Clear();
        Tell(new ServerPayload.ClientJoined(successor), uuid => uuid != successor.Uuid, index);
    }

    private void Delete(Service service, int by)
    {
        _services.Remove(service.Name);
        foreach (Guid subscriber in service.Subscribers) _subscriptions[subscriber].Remove(service.Name);
        Tell(new ServerPayload.ServiceDeleteResult(service.Bare), _ => true, by);
    }

    private bool Unsubscribe(Service service, int by)
    {
        ClientInfo client = clients[by];
        if (!service.Subscribers.Remove(client.Uuid)) return false;
        _subscriptions[client.Uuid].Remove(service.Name);
        Tell(new ServerPayload.ServiceClientUnsubscribed(client, service.Bare), service.Subscribers.Contains, by);
        return true;
    }

    private void Tell(ServerPayload occurrence, Predicate<Guid> hears, int by)
    {
        for (int i = 0; i < clients.Length; i++)
        {
            if (hears(clients[i].Uuid)) (i == by ? _heardOfItself : _heardOfOthers)[i].Add(occurrence);
        }
    }

    private sealed record Service(string Name, Guid Owner, List<Guid> Subscribers)
    {
        private static int _created;

        public int Age { get; } = Interlocked.Increment(ref _created);

        public ServiceInfo Bare => new(Name, null, Owner, []);

        public ServiceInfo Full => new(Name, null, Owner, [.. Subscribers]);
    }
}
