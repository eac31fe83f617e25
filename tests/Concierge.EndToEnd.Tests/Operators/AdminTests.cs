using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Python;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Operators;

/// <summary>The operator's commands: over HTTP, from the program <c>admin</c>, and typed into the node's terminal.</summary>
public sealed class AdminTests
{
    [Fact]
    public async Task WithoutASecret_ThisMachineIsLetIn_AndEveryCommandIsLogged()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        WireClient ann = await node.JoinAsync("ann");

        (await PostAsync(node, "/broadcast/hello")).ShouldBe((HttpStatusCode.OK, "Said to 1 client\n"));

        const string Server = "00000000-0000-0000-0000-000000000000";
        await ann.ExpectAsync($$"""
            {"type":"MESSAGE","origin":{"name":"Server","nickname":null,"uuid":"{{Server}}","tags":[],"service":null},"target":{"type":"ALL"},
            "data":{"type":"TEXT","author":"Server","author_uuid":"{{Server}}","text":"hello"} }
            """);
        (await PostAsync(node, "/dcUser/ann")).ShouldBe((HttpStatusCode.OK, "Closed ann\n"));
        (await ann.ReceiveCloseAsync()).ShouldBe(1000);
        (await PostAsync(node, "/dance")).ShouldBe((HttpStatusCode.BadRequest, "There is no command '/dance'; /help lists them\n"));
        node.Program.Errors.ShouldMatch(@"Operator \(127\.0\.0\.1:\d+\): /dcUser/ann");
    }

    [Theory]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("X-Forwarded-For", "10.0.0.7")]
    [InlineData("Forwarded", "for=10.0.0.7")]
    public async Task WithoutASecret_BrowsersAndThoseBehindAProxy_AreNot(string header, string value)
    {
        await using NodeProcess node = await NodeProcess.StartAsync();

        (await PostAsync(node, "/reset", request => request.Headers.Add(header, value))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task WithASecret_ItIsAskedOfEverybody_AndNeverLogged()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("admin.secret=open sesame", "logging.level=trace");

        (await PostAsync(node, "/users")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(node, "/users", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "open"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(node, "/users", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "open sesame")))
            .ShouldBe((HttpStatusCode.OK, "There are no users\n"));
        (await AdminAsync(node, "--secret", "open sesame", "/users")).ShouldBe((0, "There are no users", ""));
        node.Program.Errors.ShouldNotContain("sesame");
    }

    [Fact]
    public async Task WhatIsNoCommand_IsRefused()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();

        (await PostAsync(node, "/broadcast/" + new string('x', 64 * 1024))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using HttpResponseMessage got = await node.Http.GetAsync(new Uri("admin", UriKind.Relative));
        got.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task AdminProgram_DoesACommand_OrThoseOfItsInput_AndSaysWhatIsWrong()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();

        (await AdminAsync(node, "/rooms")).ShouldBe((0, "There are no rooms", ""));
        (await AdminAsync(node, "/dance")).ShouldBe((1, "", "There is no command '/dance'; /help lists them"));
        await using var piped = RunningProgram.StartBuilt("Concierge.Node", "admin", "--url", node.Http.BaseAddress!.ToString());
        await piped.WriteLineAsync("/rooms");
        await piped.WriteLineAsync("/users");
        piped.EndInput();
        (await piped.WaitForExitAsync()).ShouldBe(0);
        (await piped.ReadToEndAsync()).ShouldBe(["There are no rooms", "There are no users"]);

        await using var nowhere = RunningProgram.StartBuilt("Concierge.Node", "admin", "--url", "nowhere", "/users");
        (await nowhere.WaitForExitAsync()).ShouldBe(1);
        nowhere.Errors.ShouldContain("expected a node's address");
    }

    [Fact]
    public async Task Drain_EndsTheNode_Well()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        WireClient client = await node.JoinAsync();
        string name = (await PostAsync(node, "/nodes")).Text.Split('\n')[1].Split(' ')[0];

        (await PostAsync(node, $"/drain {name}")).ShouldBe((HttpStatusCode.OK, $"Node {name} drains, and stops\n"));

        (await client.ReceiveCloseAsync()).ShouldBe(1001);
        (await node.Program.WaitForExitAsync()).ShouldBe(0);
    }

    [PythonFact]
    public async Task TheNodesTerminal_TakesCommands_WithHistory_AndLeavesStandardOutputAlone()
    {
        const string Up = "\u001b[A";
        await using var terminal = RunningProgram.Start(
            PythonFactAttribute.Interpreter,
            [Path.Combine(AppContext.BaseDirectory, "Python", "terminal.py"), "/rooms\r", Up + "\r", "--", .. RunningProgram.Built("Concierge.Node"), "--port", "0"]);

        JsonElement result = Json.Parse((await terminal.ReadLineAsync()).ShouldNotBeNull(terminal.Errors));

        string shown = result.GetProperty("shown").GetString()!;
        shown.Split("There are no rooms").Length.ShouldBe(3, shown);
        shown.ShouldContain("Operator (console): /rooms");
        result.GetProperty("code").GetInt32().ShouldBe(0);
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(NodeProcess node, string command, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("admin", UriKind.Relative)) { Content = new StringContent(command) };
        prepare?.Invoke(request);
        using HttpResponseMessage response = await node.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<(int Code, string Output, string Errors)> AdminAsync(NodeProcess node, params string[] arguments)
    {
        await using var program = RunningProgram.StartBuilt("Concierge.Node", ["admin", "--url", node.Http.BaseAddress!.ToString(), .. arguments]);
        int code = await program.WaitForExitAsync();
        return (code, string.Join('\n', await program.ReadToEndAsync()), program.Errors);
    }
}
