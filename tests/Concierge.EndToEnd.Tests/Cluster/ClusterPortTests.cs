using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;
using Xunit.Abstractions;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>The port that nodes have for each other, as strangers meet it: they are dropped with a line in the log, and nobody else notices.</summary>
[Collection(nameof(TestCluster))]
public sealed class ClusterPortTests(ITestOutputHelper output) : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private Conversation _talk = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync(output, "akka.remote.handshake-timeout=2s");
        _talk = await Conversation.BeginAsync(await _cluster[0].JoinAsync("ann"), await _cluster[1].JoinAsync("bob"));
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    private IPEndPoint Port => IPEndPoint.Parse(_cluster.Places[0].ClusterAddress);

    [Fact]
    public async Task ItIsOpen_WhereTheConfigurationSays_AndNowhereElse()
    {
        using var stranger = new Socket(SocketType.Stream, ProtocolType.Tcp);

        // All of 127.0.0.0/8 is this machine.
        (await Should.ThrowAsync<SocketException>(stranger.ConnectAsync(IPAddress.Parse("127.0.0.2"), Port.Port)))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
    }

    public static TheoryData<string, byte[]> WhatStrangersSay => new()
    {
        { "nothing", [] },
        { "a lone byte", [0] },
        { "HTTP", "GET / HTTP/1.1\r\nHost: concierge\r\n\r\n".Utf8() },
        { "noise", RandomNumberGenerator.GetBytes(100_000) },
        { "a frame of 2 GiB", [0x7F, 0xFF, 0xFF, 0xFF, .. new byte[100_000]] },
        { "a frame of 2 GiB, the other way round", [0xFF, 0xFF, 0xFF, 0x7F, .. new byte[100_000]] },
        { "a frame of less than nothing", [0xFF, 0xFF, 0xFF, 0xFF, .. new byte[100_000]] },
        { "a frame of nothing", new byte[100_000] },
    };

    [Theory]
    [MemberData(nameof(WhatStrangersSay), DisableDiscoveryEnumeration = true)]
    public async Task AStranger_IsDropped_WithALineInTheLog_AndCostsLittle(string what, byte[] said)
    {
        const int Strangers = 50;
        double before = await _cluster[0].ReadMemoryAsync();
        List<Socket> strangers = [];
        for (int i = 0; i < Strangers; i++)
        {
            var stranger = new Socket(SocketType.Stream, ProtocolType.Tcp);
            strangers.Add(stranger);
            await stranger.ConnectAsync(Port);
            await SayAsync(stranger, said);
        }

        foreach (Socket stranger in strangers) await Patience.For(ReadToEndAsync(stranger), "the node to hang up", _cluster[0].Program);

        (await _cluster[0].Program.ReadErrorAsync(" is closed: ")).ShouldContain(" warn: ", customMessage: what);
        (await _cluster[0].ReadMemoryAsync() - before).ShouldBeLessThan(64 * 1024 * 1024, what);
        await ExpectPeaceAsync();
    }

    [Fact]
    public async Task ANodeThatMeansAnotherSystem_IsRefused_WithALineInTheLog()
    {
        // The same port by a name that this node doesn't have: for Akka.NET that is somebody else.
        await using var node = RunningProgram.StartBuilt(
            "Concierge.Node", "--port", "0", "--cluster", $"127.0.0.1:{FreePort.Next()}", "--seed", $"localhost:{Port.Port}");

        await node.ReadErrorAsync("Still waiting to become part of the cluster");
        (await _cluster[0].Program.ReadErrorAsync("is refused here")).ShouldContain($"localhost:{Port.Port}");
        node.Terminate();
        (await node.WaitForExitAsync()).ShouldBe(0);
        (await node.ReadToEndAsync()).ShouldBeEmpty("it never was ready");
        await ExpectPeaceAsync();
    }

    private async Task ExpectPeaceAsync()
    {
        await _talk.ContinueAsync(messages: 10);
        await _talk.EndAsync();
        for (int node = 0; node < 3; node++)
        {
            Dictionary<string, double> metrics = await _cluster[node].ReadMetricsAsync();
            metrics["concierge_cluster_members{status=\"up\"}"].ShouldBe(3);
            metrics["concierge_cluster_members{status=\"unreachable\"}"].ShouldBe(0);
        }

        _cluster.ShouldHaveLoggedNoFault();
    }

    private static async Task SayAsync(Socket stranger, byte[] said)
    {
        try
        {
            await stranger.SendAsync(said);
        }
        catch (SocketException)
        {
            // It was hung up on in the middle of it.
        }
    }

    private static async Task ReadToEndAsync(Socket stranger)
    {
        using (stranger)
        {
            try
            {
                var answer = new byte[4096];
                while (await stranger.ReceiveAsync(answer) > 0)
                {
                    // A handshake, perhaps.
                }
            }
            catch (SocketException)
            {
                // Reset: what it said was not even read to the end.
            }
        }
    }
}
