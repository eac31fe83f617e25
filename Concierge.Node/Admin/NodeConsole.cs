using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Hosting;
using Concierge.Actors;
using Concierge.Actors.Operators;

namespace Concierge.Node.Admin;

/// <summary>
/// The operator's console in the node's own terminal, where it has one and is in its foreground. Standard output belongs
/// to the line that says ready, so everything goes to standard error, as the log does.
/// </summary>
internal sealed class NodeConsole
{
    private const int StandardInput = 0;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private ConciergeNode? _node;

    /// <summary>Reads commands for this node from now on, on a thread that keeps nobody from stopping.</summary>
    public void Steer(ConciergeNode node)
    {
        bool isFirst = Interlocked.Exchange(ref _node, node) is null;
        // Whoever reads a terminal from the background is suspended.
        if (isFirst && !Console.IsInputRedirected && IsForeground()) new Thread(Run) { IsBackground = true, Name = "console" }.Start();
    }

    private void Run()
    {
        var terminal = new Terminal(Console.Error, prompt: "");
        try
        {
            while (terminal.ReadLine() is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line)) Console.Error.WriteLine(Do(line));
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // The terminal is gone: the node runs on without a console.
        }
    }

    private string Do(string line)
    {
        try
        {
            var concierge = Volatile.Read(ref _node)!.Services.GetRequiredService<IReadOnlyActorRegistry>().Get<ConciergeActor>();
            return concierge.Ask<OperatorActor.Reply>(new OperatorActor.Command(line, "console"), Patience).GetAwaiter().GetResult().Text;
        }
        catch (Exception e) when (e is AskTimeoutException or ObjectDisposedException)
        {
            return "The node is about to stop";
        }
    }

    private static bool IsForeground() => OperatingSystem.IsWindows() || TerminalGroup(StandardInput) == ProcessGroup();

    [DllImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TerminalGroup(int file);

    [DllImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ProcessGroup();
}
