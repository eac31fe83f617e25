using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Operations;

/// <summary>The program's beginnings: the line that says ready, and the one that says why not.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Ready_NamesTheUrlThatClientsConnectTo()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();

        node.Url.Scheme.ShouldBe("ws");
        node.Url.Host.ShouldBe("127.0.0.1");
        node.Url.AbsolutePath.ShouldBe("/ws");
        WireClient client = await node.JoinAsync();
        await client.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task PortOfADialectThatIsTaken_EndsWith2_AndNamesTheKeyThatMovesIt()
    {
        await using NodeProcess first = await NodeProcess.StartWithDialectsAsync();
        await using var second = RunningProgram.StartBuilt("Concierge.Node", "--port", "0", "--set", $"concierge.dialects.chatroom.port={first.Chatroom.Port}");

        (await second.WaitForExitAsync()).ShouldBe(2);

        second.Errors.ShouldContain($"concierge.dialects.chatroom.port = {first.Chatroom.Port}: the port is taken");
        second.Errors.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("concierge.no-such-key=1", "no-such-key")]
    [InlineData("concierge.port=65536", "port")]
    [InlineData("concierge.heartbeat.interval=often", "heartbeat.interval")]
    [InlineData("concierge.limits.connections=0", "limits.connections")]
    [InlineData("concierge.tls.certificate=/no/such/file.pem", "/no/such/file.pem")]
    public async Task ConfigurationThatCannotWork_EndsWith2_AndOneLineThatSaysWhy(string setting, string named)
    {
        await using var program = RunningProgram.StartBuilt("Concierge.Node", "--set", setting);

        (await program.WaitForExitAsync()).ShouldBe(2);

        program.Errors.ShouldContain(named);
        program.Errors.ShouldNotContain('\n');
        (await program.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task PortThatIsTaken_EndsWith2_AndOneLineThatSaysSo()
    {
        await using NodeProcess first = await NodeProcess.StartAsync();
        await using var second = RunningProgram.StartBuilt("Concierge.Node", "--port", $"{first.Url.Port}");

        (await second.WaitForExitAsync()).ShouldBe(2);

        second.Errors.ShouldContain($"{first.Url.Port}");
        second.Errors.ShouldNotContain('\n');
        (await first.JoinAsync()).Identity.ShouldNotBeNull();
    }
}
