using System.CommandLine;
using Concierge.Client;
using Concierge.Examples.ChatService;

// A chat room as a service of the concierge. This file is the program around it: options, the connection, the end.
// What the service does is in ChatService.cs.
var url = new Option<string>("--url") { Description = "Where the concierge listens.", DefaultValueFactory = _ => ConciergeClientOptions.DefaultUri.ToString() };
var secret = new Option<string?>("--secret") { Description = "The concierge's secret, where it has one. Better given as CHAT_SECRET: command lines are seen by everyone on the machine." };
var name = new Option<string>("--name") { Description = "The service's name.", DefaultValueFactory = _ => "chat_service" };
var client = new Option<string?>("--client") { Description = "The name of the client that owns the service. Default: the service's, with '_' for what a client's name can't have." };

var command = new RootCommand("A chat service on the concierge.") { url, secret, name, client };
command.SetAction((arguments, cancellationToken) =>
{
    var service = arguments.GetValue(name)!;
    return RunAsync(
        service,
        new ConciergeClientOptions
        {
            Uri = new Uri(arguments.GetValue(url)!, UriKind.RelativeOrAbsolute),
            Name = arguments.GetValue(client) ?? string.Concat(service.Select(c => char.IsLetterOrDigit(c) ? c : '_')),
            Secret = arguments.GetValue(secret) ?? Environment.GetEnvironmentVariable("CHAT_SECRET"),
            Tags = ["service", "chat"],
        },
        cancellationToken);
});
// Ctrl-C and SIGTERM cancel the action; it has this long to say goodbye.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(5) });

static async Task<int> RunAsync(string service, ConciergeClientOptions options, CancellationToken cancellationToken)
{
    try
    {
        await using var client = await ConciergeClient.ConnectAsync(options, LogTrouble, cancellationToken);
        var chat = new ChatService(client, service);
        await chat.StartAsync(cancellationToken);
        Console.WriteLine($"ready service/{service}");
        await client.Completion.WaitAsync(cancellationToken);
        return 0;
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        return 0;
    }
    catch (Exception e) when (e is ConciergeException or TimeoutException or ArgumentException)
    {
        Console.Error.WriteLine($"chat: {e.Message}");
        return 1;
    }
}

// The client reconnects, and brings the service back, by itself: there is nothing to do but to say so.
static void LogTrouble(ConciergeClient client)
{
    client.Disconnected += (lost, _) => LogAsync(lost.WillRetry ? $"{lost.Reason.Message} Reconnecting." : lost.Reason.Message);
    client.Reconnected += (back, _) => LogAsync(back.LostServices.IsEmpty ? "Connected again." : $"Connected again, but {back.LostServices[0]} is another client's now.");
    client.Faulted += (fault, _) => LogAsync(fault.Exception.Message);

    static async ValueTask LogAsync(string line) => await Console.Error.WriteLineAsync($"chat: {line}");
}
