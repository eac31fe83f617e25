using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Concierge.EndToEnd.Tests.Programs;

/// <summary>
/// A process that a test has started: its lines of output as they come, its end, and the certainty that it does not
/// outlive the test.
/// </summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly int SigStop = OperatingSystem.IsLinux() ? 19 : 17;
    private static readonly int SigContinue = OperatingSystem.IsLinux() ? 18 : 19;

    private static readonly ConcurrentDictionary<RunningProgram, bool> Alive = new();

    private readonly Process _process;
    private readonly Lines _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Task _reading;

    static RunningProgram() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (RunningProgram program in Alive.Keys) program.Kill();
    };

    private RunningProgram(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        // What the developer has set for a concierge of their own is none of the tests' business.
        foreach (string name in start.Environment.Keys.Where(IsOurs).ToArray())
            start.Environment.Remove(name);
        _process = Process.Start(start)!;
        Alive.TryAdd(this, true);
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
    }

    /// <summary>All lines that it has written to standard error so far.</summary>
    public string Errors => string.Join('\n', _errors);

    public static RunningProgram StartBuilt(string assembly, params string[] arguments)
    {
        string[] command = Built(assembly);
        return Start(command[0], [.. command[1..], .. arguments]);
    }

    /// <summary>The command that starts one of the programs under test.</summary>
    public static string[] Built(string assembly)
    {
        string path = typeof(RunningProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(it => it.Key == assembly).Value!;
        return [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", path];
    }

    public static RunningProgram Start(string file, params string[] arguments) => new(new ProcessStartInfo(file, arguments));

    /// <summary>The next line of standard output; null when there will be none.</summary>
    public Task<string?> ReadLineAsync() => Patience.For(_output.TakeAsync(), "a line of output", this);

    /// <summary>Gives it a line of standard input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>There is no more standard input.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>The lines of standard output that nobody has read, once the program has ended.</summary>
    public async Task<IReadOnlyList<string>> ReadToEndAsync()
    {
        List<string> lines = [];
        while (await ReadLineAsync() is { } line) lines.Add(line);
        return lines;
    }

    /// <summary>Types something into it.</summary>
    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for a line on standard error that contains a text, wherever it is.</summary>
    public Task<string> ReadErrorAsync(string text) => Patience.For(FindErrorAsync(text), $"'{text}' on standard error", this);

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await Patience.For(Task.WhenAll(_process.WaitForExitAsync(), _reading), "the program's end", this);
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, by SIGTERM unless another signal is given.</summary>
    public void Terminate(int signal = SigTerm) => Send(signal);

    /// <summary>Has the system hold it: it keeps its connections, and does nothing.</summary>
    public void Suspend() => Send(SigStop);

    /// <summary>Has it go on where it was held.</summary>
    public void Resume() => Send(SigContinue);

    /// <summary>Ends it on the spot.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Alive.ContainsKey(this)) return;
        Kill();
        await WaitForExitAsync();
        Alive.TryRemove(this, out _);
        _process.Dispose();
    }

    private static bool IsOurs(string variable) =>
        variable.StartsWith("CONCIERGE_", StringComparison.Ordinal) || variable.StartsWith("ROBOT_", StringComparison.Ordinal);

    private void Send(int signal) => Signal(_process.Id, signal).ShouldBe(0, "the process to get the signal must exist");

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) _output.Add(line);
        _output.Complete();
    }

    private async Task<string> FindErrorAsync(string text)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (_errors.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found) return found;
            if (_reading.IsCompleted) throw new InvalidOperationException($"The program ended without '{text}'. Its standard error:\n{Errors}");
            await looks.WaitForNextTickAsync();
        }
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line) _errors.Enqueue(line);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
