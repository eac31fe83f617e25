using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Concierge.Node.Tests.Hosting;

/// <summary>The program itself, in a process of its own.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_DrainsAndEndsWithZero(string signal)
    {
        using var program = Start(["--port", "0"]);
        var url = await ReadyAsync(program);
        using var client = await IdentifiedClient.ConnectAsync(url);

        await SignalAsync(program, signal);

        ((int?)await client.ReceiveCloseAsync()).ShouldBe(1001);
        await program.WaitForExitAsync();
        program.ExitCode.ShouldBe(0);
        (await program.StandardOutput.ReadToEndAsync()).ShouldBeEmpty("ready is the only line on standard output");
    }

    [Fact]
    public async Task File_OfManyMegabytes_MovesThroughFlatMemory()
    {
        const long size = 256L << 20;
        using var program = Start(["--port", "0", "--set", "concierge.heartbeat.timeout=1h"]);
        var url = await ReadyAsync(program);
        using var client = await IdentifiedClient.ConnectAsync(url);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{url.Authority}") };
        http.DefaultRequestHeaders.Add("x-fs-key", client.FileKey);
        var before = PeakMemory(program);

        using (var form = new MultipartFormDataContent { { new StreamContent(new ZeroStream(size)), "file", "zeros" } })
        using (var created = await http.PostAsync($"/fs/{client.Uuid}/zeros", form))
            created.StatusCode.ShouldBe(HttpStatusCode.Created);
        await using (var download = await http.GetStreamAsync($"/fs/{client.Uuid}/zeros"))
        {
            var received = new CountingStream();
            await download.CopyToAsync(received);
            received.Length.ShouldBe(size);
        }

        (PeakMemory(program) - before).ShouldBeLessThan(size / 4);
        program.Kill();
    }

    [Fact]
    public async Task Log_AsJson_IsAnObjectALineOnStandardError()
    {
        using var program = Start(["--port", "0", "--host", "0.0.0.0"], ("CONCIERGE__LOGGING__FORMAT", "json"));
        (await ReadyAsync(program)).Host.ShouldBe("0.0.0.0");
        await SignalAsync(program, "TERM");

        var lines = (await program.StandardError.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString()!)
            .ShouldContain(message => message.Contains("without a secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Configuration_ThatCannotWork_EndsWithTwoAndOneLine()
    {
        var (code, output, error) = await RunAsync(["--set", "concierge.prot=1"]);

        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldBe("concierge: concierge.prot (--set): there is no such key; did you mean concierge.port?\n");
    }

    [Fact]
    public async Task Port_ThatIsTaken_EndsWithTwoAndOneLine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (code, output, error) = await RunAsync(["--port", $"{port}"]);

        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldBe($"concierge: concierge.port = {port}: the port is taken on 127.0.0.1; choose another with --port or concierge.port (0 picks a free one)\n");
    }

    [Theory]
    [InlineData("iot", "robot-port")]
    [InlineData("iot", "browser-port")]
    [InlineData("ros-device", "port")]
    public async Task PortOfADialect_ThatIsTaken_NamesItsKey(string dialect, string key)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (code, _, error) = await RunAsync(["--port", "0", "--set", $"concierge.dialects.{dialect}.{key}={port}"]);

        code.ShouldBe(2);
        error.ShouldBe(
            $"concierge: concierge.dialects.{dialect}.{key} = {port}: the port is taken on 127.0.0.1; choose another with --set concierge.dialects.{dialect}.{key}=N "
            + $"(0 picks a free one), or do without: --set concierge.dialects.{dialect}.enabled=off\n");
    }

    [Fact]
    public async Task Option_ThatIsUnknown_EndsWithTwoAndOneLine()
    {
        var (code, _, error) = await RunAsync(["--prot", "1"]);

        code.ShouldBe(2);
        error.ShouldContain("--prot");
        error.Trim().ShouldNotContain('\n');
    }

    [Fact]
    public async Task Help_ListsTheOptions()
    {
        var (code, output, _) = await RunAsync(["--help"]);

        code.ShouldBe(0);
        foreach (var option in new[] { "--config", "--host", "--port", "--name", "--set", "--version" }) output.ShouldContain(option);
    }

    [Fact]
    public async Task Version_IsOneLine()
    {
        var (code, output, _) = await RunAsync(["--version"]);

        code.ShouldBe(0);
        output.ShouldMatch(@"^\d+\.\d+\.\d+\S*\n$");
    }

    private static long PeakMemory(Process program)
    {
        program.Refresh();
        return program.PeakWorkingSet64;
    }

    private static async Task SignalAsync(Process program, string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {program.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static Process Start(string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ConciergeNode).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<Uri> ReadyAsync(Process program)
    {
        var line = await program.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await program.StandardError.ReadToEndAsync());
        line.ShouldStartWith("ready ws://");
        return new Uri(line["ready ".Length..]);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] args)
    {
        using var program = Start(args);
        var output = program.StandardOutput.ReadToEndAsync();
        var error = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (program.ExitCode, await output, await error);
    }
}
