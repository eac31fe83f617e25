using Concierge.EndToEnd.Tests.Programs;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>Where a node of a cluster runs, however often it is started there.</summary>
/// <param name="Name">What the node is called.</param>
/// <param name="Host">Where clients connect.</param>
/// <param name="Port">The port for clients.</param>
/// <param name="ClusterAddress">Where other nodes connect, HOST:PORT.</param>
/// <param name="Launcher">What stands before the command that starts it.</param>
public sealed record Place(string Name, string Host, int Port, string ClusterAddress, params string[] Launcher)
{
    public static Place OnThisMachine(int number) => new($"node-{number}", "127.0.0.1", FreePort.Next(), $"127.0.0.1:{FreePort.Next()}");

    public RunningProgram Start(string[] options)
    {
        string[] command = [.. Launcher, .. RunningProgram.Built("Concierge.Node"), "--host", Host, "--port", $"{Port}", .. options];
        return RunningProgram.Start(command[0], command[1..]);
    }
}
