using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Concierge.Load;

/// <summary>A server that runs, and the processes that it is, where they are known.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process[] _processes;
    private readonly bool _isOurs;

    private Server(Uri[] urls, Process[] processes, bool isOurs)
    {
        Urls = urls;
        _processes = processes;
        _isOurs = isOurs;
    }

    /// <summary>Where its nodes are.</summary>
    public IReadOnlyList<Uri> Urls { get; }

    /// <summary>One that somebody else has started, and will end.</summary>
    public static Server Running(Uri url, int? pid) => new([url], pid is { } id ? [Process.GetProcessById(id)] : [], isOurs: false);

    /// <summary>Starts one, which has to say <c>ready URL</c> in the first line of its standard output.</summary>
    /// <param name="launch">A command to start it with, or nothing.</param>
    /// <param name="program">A program for <c>dotnet</c>.</param>
    /// <param name="arguments">The program's arguments.</param>
    public static async Task<Server> StartAsync(string launch, string program, params string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command = [.. launch.Split(' ', StringSplitOptions.RemoveEmptyEntries), dotnet, program, .. arguments];
        Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        string? line = await process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith("ready ", StringComparison.Ordinal) == true) return new Server([new Uri(line["ready ".Length..])], [process], isOurs: true);

        process.Kill(entireProcessTree: true);
        throw new IOException($"'{string.Join(' ', command)}' said '{line}'; expected 'ready' and its URL.");
    }

    /// <summary>Starts one that consists of several nodes.</summary>
    /// <param name="launch">A command to start each with, or nothing.</param>
    /// <param name="program">The node, for <c>dotnet</c>.</param>
    /// <param name="nodes">How many.</param>
    /// <param name="arguments">The arguments of each.</param>
    public static async Task<Server> StartClusterAsync(string launch, string program, int nodes, params string[] arguments)
    {
        int[] ports = FreePorts(nodes);
        var started = new List<Server>();
        try
        {
            foreach (int port in ports)
                started.Add(await StartAsync(launch, program, [.. arguments, "--cluster", $"127.0.0.1:{port}", "--seed", $"127.0.0.1:{ports[0]}"]));
        }
        catch
        {
            foreach (Server server in started) await server.DisposeAsync();
            throw;
        }
        return new Server([.. started.SelectMany(server => server.Urls)], [.. started.SelectMany(server => server._processes)], isOurs: true);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (TcpListener listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) listener.Stop();
        return ports;
    }

    /// <summary>Processor time used so far, in seconds, and memory in use, in bytes; NaN where the process isn't known.</summary>
    public (double Cpu, double Memory) Usage()
    {
        if (_processes.Length == 0) return (double.NaN, double.NaN);
        foreach (Process process in _processes) process.Refresh();
        return (_processes.Sum(process => process.TotalProcessorTime.TotalSeconds), _processes.Sum(process => process.WorkingSet64));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in _processes)
        {
            if (_isOurs)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
            process.Dispose();
        }
    }
}
