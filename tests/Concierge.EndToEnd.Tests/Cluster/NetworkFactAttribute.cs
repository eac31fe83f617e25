namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>A test that makes networks of its own; where that isn't possible it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NetworkFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsPossible = new(() => Task.Run(SeparateNetwork.IsPossibleAsync).GetAwaiter().GetResult());

    public NetworkFactAttribute()
    {
        if (!IsPossible.Value) Skip = "needs the rights to make network namespaces and veth pairs, and the command ip (Debian: iproute2; run as root)";
    }
}
