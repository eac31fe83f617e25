using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Identification;

/// <summary>A concierge that asks for a secret.</summary>
public sealed class SecretTests(SecretiveNode fixture) : IClassFixture<SecretiveNode>
{
    private const int BadSecret = 4006;

    [Theory]
    [InlineData("")]
    [InlineData(""","secret":null""")]
    [InlineData(""","secret":"" """)]
    [InlineData(""","secret":"open sesam" """)]
    [InlineData(""","secret":"open sesame " """)]
    [InlineData(""","secret":"OPEN SESAME" """)]
    public async Task MissingOrDifferent_ClosesWithBadSecret(string secret)
    {
        WireClient client = await fixture.Node.ConnectAsync();

        await client.SendAsync($$"""{"type":"IDENTIFY","name":"guest","version":"0.2.0"{{secret}}}""");

        (await client.ReceiveCloseAsync()).ShouldBe(BadSecret);
    }

    [Fact]
    public async Task TheSame_IsAnsweredWithHello_AndNeverLogged()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("secret=open sesame", "logging.level=trace");
        WireClient client = await node.ConnectAsync();

        await client.SendAsync("""{"type":"IDENTIFY","name":"guest","version":"0.2.0","secret":"open sesame"}""");

        (await client.ReceiveAsync()).TypeOf().ShouldBe("HELLO");
        node.Program.Terminate();
        await node.Program.WaitForExitAsync();
        node.Program.Errors.ShouldNotBeEmpty();
        node.Program.Errors.ShouldNotContain("sesame", Case.Insensitive);
        node.Program.Errors.ShouldNotContain(client.FileKey);
    }
}

public sealed class SecretiveNode() : NodeFixture("secret=open sesame");
