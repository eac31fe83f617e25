using System.CommandLine;
using System.Net.Http.Headers;
using Concierge.Hosting.Programs;

namespace Concierge.Node.Admin;

/// <summary><c>Concierge.Node admin</c>: an operator's terminal for a node that runs elsewhere.</summary>
internal sealed class AdminProgram : IDisposable
{
    private const string SecretVariable = "CONCIERGE__ADMIN__SECRET";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;

    private AdminProgram(Uri node, string? secret)
    {
        _http = new HttpClient { BaseAddress = node, Timeout = Patience };
        if (!string.IsNullOrEmpty(secret)) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
    }

    /// <summary>Runs the program.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var url = new Option<string>("--url") { HelpName = "URL", Description = "The node, such as http://127.0.0.1:64209", DefaultValueFactory = _ => "http://127.0.0.1:64209" };
        var secret = new Option<string?>("--secret") { HelpName = "S", Description = $"The node's concierge.admin.secret; better given as the variable {SecretVariable}" };
        var command = new Argument<string[]>("COMMAND") { Description = "A command, such as /users; without one, commands are read from the terminal or from standard input" };
        var root = new RootCommand("Steers a concierge that is running; /help lists the commands.") { url, secret, command };
        root.SetAction(async (parsed, cancellation) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(url), UriKind.Absolute, out var node) || node.Scheme is not ("http" or "https"))
                return Fail($"--url {parsed.GetValue(url)}: expected a node's address, such as http://127.0.0.1:64209");
            using var program = new AdminProgram(node, parsed.GetValue(secret) ?? Environment.GetEnvironmentVariable(SecretVariable));
            return await program.RunAsync(string.Join(' ', parsed.GetValue(command) ?? []), cancellation);
        });
        return await root.Parse(args).InvokeAsync();
    }

    public void Dispose() => _http.Dispose();

    private async Task<int> RunAsync(string command, CancellationToken cancellation)
    {
        if (command.Length > 0) return await DoAsync(command, cancellation);
        var terminal = Console.IsInputRedirected ? null : new Terminal(Console.Out, "concierge> ");
        var result = ExitCode.Succeeded;
        while ((terminal is null ? await Console.In.ReadLineAsync(cancellation) : terminal.ReadLine()) is { } line)
        {
            if (line.Trim() is "/quit" or "/exit") break;
            if (!string.IsNullOrWhiteSpace(line)) result = Math.Max(result, await DoAsync(line, cancellation));
        }

        return terminal is null ? result : ExitCode.Succeeded;
    }

    private async Task<int> DoAsync(string command, CancellationToken cancellation)
    {
        try
        {
            using var content = new StringContent(command);
            using var response = await _http.PostAsync(AdminEndpoint.Path, content, cancellation);
            var text = (await response.Content.ReadAsStringAsync(cancellation)).TrimEnd('\n');
            if (!response.IsSuccessStatusCode) return Fail(text.Length > 0 ? text : $"{_http.BaseAddress}: answered {(int)response.StatusCode}");
            await Console.Out.WriteLineAsync(text);
            return ExitCode.Succeeded;
        }
        catch (HttpRequestException e)
        {
            return Fail($"{_http.BaseAddress}: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Fail($"{_http.BaseAddress}: gave no answer in {Patience.TotalSeconds} s");
        }
    }

    private static int Fail(string error)
    {
        Console.Error.WriteLine(error);
        return ExitCode.Failed;
    }
}
