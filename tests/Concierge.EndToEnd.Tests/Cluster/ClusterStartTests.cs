using Concierge.EndToEnd.Tests.Programs;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>What a node is told about its cluster, and what it says where that can't work.</summary>
public sealed class ClusterStartTests
{
    [Theory]
    [InlineData("--cluster nonsense --seed 127.0.0.1:4053", "nonsense")]
    [InlineData("--cluster 127.0.0.1 --seed 127.0.0.1:4053", "cluster.address")]
    [InlineData("--cluster 127.0.0.1:65536 --seed 127.0.0.1:4053", "65536")]
    [InlineData("--cluster 127.0.0.1:0 --seed 127.0.0.1:4053", "127.0.0.1:0")]
    [InlineData("--cluster 127.0.0.1:4053", "--seed")]
    [InlineData("--cluster 127.0.0.1:4053 --seed nonsense", "nonsense")]
    [InlineData("--cluster 127.0.0.1:4053 --seed 127.0.0.1:0", "127.0.0.1:0")]
    [InlineData("--seed 127.0.0.1:4053", "--cluster")]
    [InlineData("--role worker", "--cluster")]
    [InlineData("--cluster 192.0.2.1:4053 --seed 192.0.2.1:4053", "192.0.2.1")]
    [InlineData("--cluster 127.0.0.1:4053 --seed 127.0.0.1:4053 --set akka.remote.dot-netty.tcp.enable-ssl=on --set akka.remote.dot-netty.tcp.ssl.certificate.path=/no/such.pfx", "/no/such.pfx")]
    public async Task AClusterThatCannotBe_EndsWith2_AndOneLineThatSaysWhy(string options, string named)
    {
        await using var program = RunningProgram.StartBuilt("Concierge.Node", ["--port", "0", "--set", "concierge.logging.level=warning", .. options.Split(' ')]);

        (await program.WaitForExitAsync()).ShouldBe(2, program.Errors);

        program.Errors.ShouldContain(named);
        program.Errors.ShouldNotContain('\n');
        (await program.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task AClusterPortThatIsTaken_EndsWith2_AndOneLineThatSaysSo()
    {
        await using NodeProcess first = await NodeProcess.StartAsync();
        string taken = $"127.0.0.1:{first.Url.Port}";
        await using var second = RunningProgram.StartBuilt("Concierge.Node", "--port", "0", "--cluster", taken, "--seed", taken);

        (await second.WaitForExitAsync()).ShouldBe(2, second.Errors);

        second.Errors.ShouldContain(taken);
        second.Errors.ShouldNotContain('\n');
    }
}
