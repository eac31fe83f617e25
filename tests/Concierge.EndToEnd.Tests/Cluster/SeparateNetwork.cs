using Concierge.EndToEnd.Tests.Programs;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>
/// Machines, as far as the network is concerned: every place is a network namespace with two interfaces. One leads to this
/// process, for clients; the other to a switch that joins the nodes, and can be unplugged there: then packets vanish, as
/// they do where a network fails, and nobody is told.
/// </summary>
internal sealed class SeparateNetwork : IAsyncDisposable
{
    private const string Switch = "switch", Clients = "clients", Peers = "peers";

    private readonly string _id = $"{Random.Shared.Next(0x1000000):x6}";
    // RFC 2544 sets these addresses aside for tests of networks.
    private readonly string _net = $"198.18.{Random.Shared.Next(256)}";
    private readonly List<string> _namespaces = [];

    public List<Place> Places { get; } = [];

    public static async Task<SeparateNetwork> CreateAsync(int places)
    {
        var network = new SeparateNetwork();
        try
        {
            string hub = await network.AddNamespaceAsync(Switch);
            await IpAsync($"-n {hub} link add {Switch} up type bridge");
            for (int i = 0; i < places; i++) await network.AddPlaceAsync(i, hub);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pulls a place's plug.</summary>
    public Task UnplugAsync(int place) => IpAsync($"-n {Name(Switch)} link set port{place} nomaster");

    /// <summary>Puts it back.</summary>
    public Task PlugAsync(int place) => IpAsync($"-n {Name(Switch)} link set port{place} master {Switch}");

    /// <summary>Whether this machine lets us do all of that.</summary>
    public static async Task<bool> IsPossibleAsync()
    {
        try
        {
            await using SeparateNetwork network = await CreateAsync(1);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The interfaces go with the namespace that one of their ends is in.
    public async ValueTask DisposeAsync()
    {
        foreach (string name in _namespaces) await IpAsync($"netns del {name}");
    }

    private async Task AddPlaceAsync(int index, string hub)
    {
        string name = await AddNamespaceAsync($"{index}"), outer = $"cg{_id}{index}";
        string here = $"{_net}.{(4 * index) + 1}", there = $"{_net}.{(4 * index) + 2}", peer = $"198.19.0.{index + 1}";
        await IpAsync($"link add {outer} type veth peer name {Clients} netns {name}");
        await IpAsync($"addr add {here}/30 dev {outer}");
        await IpAsync($"link set {outer} up");
        await IpAsync($"-n {name} addr add {there}/30 dev {Clients}");
        await IpAsync($"-n {name} link set {Clients} up");

        await IpAsync($"-n {name} link add {Peers} type veth peer name port{index} netns {hub}");
        await IpAsync($"-n {name} addr add {peer}/24 dev {Peers}");
        await IpAsync($"-n {name} link set {Peers} up");
        await IpAsync($"-n {hub} link set port{index} master {Switch} up");
        Places.Add(new Place($"node-{index + 1}", there, 64209, $"{peer}:4053", "ip", "netns", "exec", name));
    }

    private async Task<string> AddNamespaceAsync(string role)
    {
        string name = Name(role);
        await IpAsync($"netns add {name}");
        _namespaces.Add(name);
        await IpAsync($"-n {name} link set lo up");
        return name;
    }

    private string Name(string role) => $"concierge-{_id}-{role}";

    private static async Task IpAsync(string command)
    {
        await using RunningProgram ip = Start(command);
        if (await ip.WaitForExitAsync() != 0) throw new InvalidOperationException($"ip {command}: {ip.Errors}");
    }

    private static RunningProgram Start(string command)
    {
        try
        {
            return RunningProgram.Start("ip", command.Split(' '));
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"ip {command}: {e.Message}", e);
        }
    }
}
