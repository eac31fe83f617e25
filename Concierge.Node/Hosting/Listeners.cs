using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Concierge.Node.Hosting;

/// <summary>What the node listens with, so that it can say where: the ports are known when it has started.</summary>
internal sealed class Listeners
{
    private readonly List<(string Name, string Scheme, ListenOptions Options)> _listeners = [];

    /// <summary>Adds one, in the order in which they are shown.</summary>
    public void Add(string name, string scheme, ListenOptions listener) => _listeners.Add((name, scheme, listener));

    /// <summary>Their names, the schemes of their URLs, and their ports.</summary>
    public IEnumerable<(string Name, string Scheme, int Port)> Ports => _listeners.Select(it => (it.Name, it.Scheme, it.Options.IPEndPoint!.Port));
}
