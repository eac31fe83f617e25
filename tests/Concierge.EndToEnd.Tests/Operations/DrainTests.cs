using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Operations;

/// <summary>SIGTERM: clients are closed with 1001, and the program ends well, whatever its clients do.</summary>
public sealed class DrainTests
{
    private const int GoingAway = 1001;

    [Fact]
    public async Task Sigterm_ClosesEveryClientWith1001_AndEndsWith0()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        WireClient[] clients = [await node.JoinAsync(), await node.JoinAsync(presence: true), await node.ConnectAsync()];
        await clients[0].CreateServiceAsync("service");
        (await clients[1].ReceiveAsync()).TypeOf().ShouldBe("SERVICE_CREATE_RESULT");
        await clients[1].SubscribeAsync("service");

        node.Program.Terminate();

        foreach (WireClient client in clients)
        {
            (await client.ReceiveCloseAsync()).ShouldBe(GoingAway);
            await client.Socket.ReadEndAsync();
        }

        (await node.Program.WaitForExitAsync()).ShouldBe(0);
        (await node.Program.ReadToEndAsync()).ShouldBeEmpty("standard output has one line, the one that says ready");
    }

    [Fact]
    public async Task Sigterm_WithClientsThatAnswerNothing_EndsWith0_WithinTenSeconds()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("limits.outgoing-queue=64MiB");
        WireClient sender = await node.JoinAsync();
        WireClient neverReads = await node.JoinAsync(receiveBuffer: 4096);
        await node.JoinAsync();
        await node.DialAsync();
        WireSocket halfARequest = await node.DialAsync();
        await halfARequest.SendRequestAsync("GET /fs/ HTTP/1.1\r\nHost:");
        string big = Payloads.Message(Payloads.ToUuid(neverReads.Uuid), $"\"{new string('x', 500_000)}\"");
        for (int i = 0; i < 20; i++) (await sender.AskAsync(big)).TypeOf().ShouldBe("OK");

        node.Program.Terminate();

        // The ten seconds are the specification's.
        (await node.Program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe(0);
    }

    [Fact]
    public async Task Sigterm_WithNobodyConnected_EndsWith0()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();

        node.Program.Terminate();

        (await node.Program.WaitForExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Sigterm_LeavesNoFilesBehind()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("concierge-tests-");
        try
        {
            await using NodeProcess node = await NodeProcess.StartAsync($"files.directory={directory.FullName}");
            WireClient client = await node.JoinAsync();
            using var form = new MultipartFormDataContent { { new StringContent("content"), "file", "kept.txt" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"fs/{client.Uuid}/", UriKind.Relative)) { Content = form };
            request.Headers.Add("x-fs-key", client.FileKey);
            using HttpResponseMessage response = await node.Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            directory.EnumerateFiles("*", SearchOption.AllDirectories).ShouldNotBeEmpty();

            node.Program.Terminate();

            (await node.Program.WaitForExitAsync()).ShouldBe(0);
            directory.EnumerateFileSystemInfos().ShouldBeEmpty();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
