using System.Diagnostics;

namespace Concierge.RobotBench;

/// <summary>A program of ours that is measured: in a process of its own, so that its time and memory are its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string ready)
    {
        _process = process;
        Ready = ready;
    }

    /// <summary>What it said after <c>ready</c>.</summary>
    public string Ready { get; }

    /// <summary>The processor time that it has taken so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its resident memory in MiB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Starts one and waits until it is ready. Its log goes where this program's goes.</summary>
    public static async Task<ServerProcess> StartAsync(FileInfo assembly, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [assembly.FullName, .. arguments]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync();
        return line?.StartsWith("ready ", StringComparison.Ordinal) == true
            ? new ServerProcess(process, line["ready ".Length..])
            : throw new InvalidOperationException($"{assembly.Name} said '{line}' instead of being ready.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
