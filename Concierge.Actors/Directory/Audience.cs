using Concierge.Actors.Nodes;

namespace Concierge.Actors.Directory;

/// <summary>The members of a <see cref="Roster"/> as a message reaches them: this node's clients one by one, all others by their node.</summary>
public sealed class Audience
{
    /// <summary>Nobody.</summary>
    public static readonly Audience Empty = new([]);

    internal Audience(ClientEntry[] members)
    {
        Peers = [.. members.Select(member => member.Home).OfType<Peer>().Distinct()];
        Local = Peers.Length == 0 ? members : [.. members.Where(member => member.Home is null)];
    }

    /// <summary>The members that are clients of this node, in the order of joining. Nobody changes the array.</summary>
    public ClientEntry[] Local { get; }

    /// <summary>The other nodes that have members.</summary>
    public Peer[] Peers { get; }
}
