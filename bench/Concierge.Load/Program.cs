using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;

namespace Concierge.Load;

/// <summary>Loads a whole server and prints what came of it as a Markdown table. bench/README.md says how to use it.</summary>
internal static class Program
{
    private static readonly Option<Uri?> Url = new("--url")
    {
        HelpName = "WS",
        Description = "A concierge that runs already, as it says itself when it is ready: ws://127.0.0.1:64209/ws",
        CustomParser = ReadUrl,
    };
    private static readonly Option<int?> Pid = new("--pid") { HelpName = "N", Description = "Its process, if CPU and memory are to be measured." };
    private static readonly Option<FileInfo?> Node = new("--node") { HelpName = "DLL", Description = "A concierge to start anew for every run: Concierge.Node.dll." };
    private static readonly Option<string> Launch = new("--launch")
    {
        HelpName = "COMMAND",
        Description = "What servers are started with, such as 'taskset -c 0'.",
        DefaultValueFactory = _ => "",
    };
    private static readonly Option<int> Nodes = new("--nodes") { HelpName = "N", Description = "Beside the one of --node, a cluster of so many; clients are spread over its nodes, pairs across them." };
    private static readonly Option<bool> Alone = new("--alone") { Description = "Without SignalR beside it." };
    private static readonly Option<string[]> Scenarios = new("--scenario")
    {
        HelpName = "NAME",
        Description = "One of " + string.Join(", ", Scenario.All.Select(scenario => scenario.Name)) + "; may be given several times. All, if not given.",
    };
    private static readonly Option<int> Rounds = new("--rounds") { HelpName = "N", Description = "The table shows their medians.", DefaultValueFactory = _ => 3 };
    private static readonly Option<double> WarmUp = new("--warm-up") { HelpName = "SECONDS", Description = "Before each measurement.", DefaultValueFactory = _ => 2 };
    private static readonly Option<double> Duration = new("--duration") { HelpName = "SECONDS", Description = "Of each measurement.", DefaultValueFactory = _ => 3 };

    private static async Task<int> Main(string[] args)
    {
        var peer = new Command("signalr", "The peer: a minimal SignalR hub on a free port. Started by the program itself.");
        peer.SetAction((_, stop) => SignalRPeer.RunAsync(stop));
        var root = new RootCommand("Loads a concierge, and a SignalR hub beside it, and prints a table.")
        {
            Url, Pid, Node, Launch, Nodes, Alone, Scenarios, Rounds, WarmUp, Duration, peer,
        };
        root.Validators.Add(result =>
        {
            if ((result.GetResult(Url) is null) == (result.GetResult(Node) is null)) result.AddError("Give either --url or --node.");
        });
        root.Validators.Add(result =>
        {
            if (result.GetResult(Nodes) is not null && result.GetResult(Node) is null) result.AddError("--nodes needs --node, the program to start.");
        });
        Rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds must be 1 or more.");
        });
        Scenarios.AcceptOnlyFromAmong([.. Scenario.All.Select(scenario => scenario.Name)]);
        root.SetAction(async (options, stop) =>
        {
            try
            {
                return await MeasureAsync(options, stop);
            }
            catch (Exception e) when (e is IOException or SocketException or TimeoutException or ArgumentException)
            {
                await Console.Error.WriteLineAsync($"Concierge.Load: {e.Message}");
                return 1;
            }
        });
        return await root.Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(ParseResult options, CancellationToken stop)
    {
        string[] names = options.GetValue(Scenarios) is { Length: > 0 } some ? some : [.. Scenario.All.Select(scenario => scenario.Name)];
        List<Contender> contenders = [Concierge(options)];
        if (options.GetValue(Nodes) is > 1 and var nodes) contenders.Add(Cluster(options, nodes));
        if (!options.GetValue(Alone)) contenders.Add(SignalR(options));
        var timing = new Timing(TimeSpan.FromSeconds(options.GetValue(WarmUp)), TimeSpan.FromSeconds(options.GetValue(Duration)));
        var table = new Table();

        // Interleaved: whatever else the machine does befalls all alike.
        for (int round = 1; round <= options.GetValue(Rounds); round++)
        {
            foreach (Scenario scenario in Scenario.All.Where(scenario => names.Contains(scenario.Name)))
            {
                foreach (Contender contender in contenders)
                {
                    await Console.Error.WriteLineAsync($"round {round}: {scenario.Name}, {contender.Name}");
                    await using Server server = await contender.StartAsync();
                    table.Add(scenario, contender, await Run.MeasureAsync(scenario, contender.Dialect, server, timing, stop));
                }
            }
        }

        await Console.Out.WriteAsync(table.ToMarkdown());
        return 0;
    }

    private static Uri? ReadUrl(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme == "ws") return url;
        argument.AddError($"--url {text}: expected a WebSocket's address without TLS, such as ws://127.0.0.1:64209/ws");
        return null;
    }

    private static Contender Concierge(ParseResult options) => new("Concierge", new ConciergeDialect(), () =>
        options.GetValue(Node) is { } node
            ? Server.StartAsync(options.GetValue(Launch)!, node.FullName, "--port", "0", "--set", "concierge.logging.level=off")
            : Task.FromResult(Server.Running(options.GetValue(Url)!, options.GetValue(Pid))));

    private static Contender Cluster(ParseResult options, int nodes) => new($"Concierge, {nodes} nodes", new ConciergeDialect(), () =>
        Server.StartClusterAsync(options.GetValue(Launch)!, options.GetValue(Node)!.FullName, nodes, "--port", "0", "--set", "concierge.logging.level=off"));

    private static Contender SignalR(ParseResult options) => new("SignalR", new SignalRDialect(), () =>
        Server.StartAsync(options.GetValue(Launch)!, typeof(Program).Assembly.Location, "signalr"));
}

/// <summary>A server that takes part.</summary>
internal sealed record Contender(string Name, Dialect Dialect, Func<Task<Server>> StartAsync);

internal sealed record Timing(TimeSpan WarmUp, TimeSpan Duration);
