using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Concierge.Actors.Directory;

/// <summary>
/// The read side of the node's directory: who is where in the whole cluster. Every look-up is answered here, on the node and on the caller's
/// thread; only the directory's actor changes it. Thread-safe.
/// </summary>
public sealed class DirectoryView
{
    private readonly ConcurrentDictionary<Guid, ClientEntry> _byUuid = new();
    private readonly ConcurrentDictionary<string, ClientEntry> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ServiceEntry> _services = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, ServiceEntry> _servicesById = new();
    private readonly ConcurrentDictionary<string, RoomEntry> _rooms = new(StringComparer.Ordinal);

    /// <summary>All clients, in the order of joining.</summary>
    public Roster Clients { get; } = new();

    /// <summary>The clients of this node that want the events which others cause.</summary>
    public Roster Watchers { get; } = new();

    /// <summary>All services, in no particular order.</summary>
    public IEnumerable<ServiceEntry> Services => _services.Select(pair => pair.Value);

    /// <summary>How many services there are.</summary>
    public int ServiceCount => _services.Count;

    /// <summary>All rooms, in no particular order.</summary>
    public IEnumerable<RoomEntry> Rooms => _rooms.Select(pair => pair.Value);

    /// <summary>How many rooms there are.</summary>
    public int RoomCount => _rooms.Count;

    /// <summary>Finds the client of that uuid.</summary>
    public bool TryGetClient(Guid uuid, [NotNullWhen(true)] out ClientEntry? client) => _byUuid.TryGetValue(uuid, out client);

    /// <summary>Finds the client of that name.</summary>
    public bool TryGetClient(string name, [NotNullWhen(true)] out ClientEntry? client) => _byName.TryGetValue(name, out client);

    /// <summary>Finds the client that has been given this file key.</summary>
    public bool TryFindOwner(string fileKey, [NotNullWhen(true)] out ClientEntry? client) =>
        (FileKey.TryReadOwner(fileKey, out Guid owner) & _byUuid.TryGetValue(owner, out client)) && client!.FileKey.Matches(fileKey);

    /// <summary>Finds the service of that name.</summary>
    public bool TryGetService(string name, [NotNullWhen(true)] out ServiceEntry? service) => _services.TryGetValue(name, out service);

    /// <summary>Finds the service that was given this id when it was created.</summary>
    public bool TryGetService(Guid id, [NotNullWhen(true)] out ServiceEntry? service) => _servicesById.TryGetValue(id, out service);

    /// <summary>Finds the room of that name.</summary>
    public bool TryGetRoom(string name, [NotNullWhen(true)] out RoomEntry? room) => _rooms.TryGetValue(name, out room);

    internal void Add(ClientEntry client)
    {
        _byUuid[client.Info.Uuid] = client;
        _byName[client.Info.Name] = client;
        Clients.Add(client);
        if (client.Presence) Watchers.Add(client);
    }

    internal void Remove(ClientEntry client)
    {
        _byUuid.TryRemove(client.Info.Uuid, out _);
        _byName.TryRemove(KeyValuePair.Create(client.Info.Name, client));
        Clients.Remove(client);
        Watchers.Remove(client);
    }

    internal void Add(ServiceEntry service)
    {
        _services[service.Name] = service;
        _servicesById[service.Id] = service;
        service.Owner.Services = service.Owner.Services.Add(service);
    }

    internal bool Remove(ServiceEntry service)
    {
        service.Owner.Services = service.Owner.Services.Remove(service);
        _servicesById.TryRemove(service.Id, out _);
        return _services.TryRemove(KeyValuePair.Create(service.Name, service));
    }

    internal void Add(RoomEntry room) => _rooms[room.Name] = room;

    internal void Remove(RoomEntry room) => _rooms.TryRemove(KeyValuePair.Create(room.Name, room));
}
