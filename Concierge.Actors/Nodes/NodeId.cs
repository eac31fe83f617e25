using System.Globalization;

namespace Concierge.Actors.Nodes;

/// <summary>
/// One run of one node: who restarts at the same address is another.
/// </summary>
/// <param name="Address">The address of its actor system, as Akka.NET writes it.</param>
/// <param name="Uid">Tells the runs at one address apart.</param>
public readonly record struct NodeId(string Address, int Uid)
{
    /// <summary>Names the run to who needn't know addresses: eight hexadecimal digits.</summary>
    public string Handle => Uid.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The address, without what all nodes have in common.</summary>
    public override string ToString() => Address[(Address.IndexOf('@') + 1)..];
}
