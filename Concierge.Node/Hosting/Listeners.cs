using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Concierge.Node.Hosting;

/// <summary>What the node listens with, so that it can say where: the ports are known when it has started.</summary>
internal sealed class Listeners
{
    private readonly Dictionary<string, ListenOptions> _listeners = [];

    /// <summary>Adds one, in the order in which they are shown.</summary>
    public void Add(string name, ListenOptions listener) => _listeners[name] = listener;

    /// <summary>Their names and ports.</summary>
    public IEnumerable<(string Name, int Port)> Ports => _listeners.Select(listener => (listener.Key, listener.Value.IPEndPoint!.Port));
}
