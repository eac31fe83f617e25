using Concierge.Actors.Nodes;

namespace Concierge.Actors.Directory;

/// <summary>The members of a <see cref="Roster"/> as a message reaches them: this node's clients one by one, all others by their node.</summary>
public sealed class Audience
{
    /// <summary>Nobody.</summary>
    public static readonly Audience Empty = new([]);

    internal Audience(ClientEntry[] members)
    {
        var peers = new HashSet<Peer>();
        int local = 0;
        foreach (ClientEntry member in members)
        {
            if (member.Home is { } home) peers.Add(home);
            else local++;
        }
        Peers = [.. peers];
        Local = local == members.Length ? members : Array.FindAll(members, member => member.Home is null);
    }

    /// <summary>The members that are clients of this node, in the order of joining. Nobody changes the array.</summary>
    public ClientEntry[] Local { get; }

    /// <summary>The other nodes that have members.</summary>
    public Peer[] Peers { get; }
}
