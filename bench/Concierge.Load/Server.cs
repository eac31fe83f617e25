using System.Diagnostics;

namespace Concierge.Load;

/// <summary>A server that runs, and the process that it is, where that is known.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process? _process;
    private readonly bool _isOurs;

    private Server(Uri url, Process? process, bool isOurs)
    {
        Url = url;
        _process = process;
        _isOurs = isOurs;
    }

    public Uri Url { get; }

    /// <summary>One that somebody else has started, and will end.</summary>
    public static Server Running(Uri url, int? pid) => new(url, pid is { } id ? Process.GetProcessById(id) : null, isOurs: false);

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
        if (line?.StartsWith("ready ", StringComparison.Ordinal) == true) return new Server(new Uri(line["ready ".Length..]), process, isOurs: true);

        process.Kill(entireProcessTree: true);
        throw new IOException($"'{string.Join(' ', command)}' said '{line}'; expected 'ready' and its URL.");
    }

    /// <summary>Processor time used so far, in seconds, and memory in use, in bytes; NaN where the process isn't known.</summary>
    public (double Cpu, double Memory) Usage()
    {
        if (_process is null) return (double.NaN, double.NaN);
        _process.Refresh();
        return (_process.TotalProcessorTime.TotalSeconds, _process.WorkingSet64);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOurs)
        {
            _process!.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
    }
}
