using System.Net;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Operations;

/// <summary>What the node tells over HTTP: its front page and its health.</summary>
public sealed class HttpTests(SharedNode shared) : SharedNodeTests(shared)
{
    [Theory]
    [InlineData("healthz")]
    [InlineData("readyz")]
    public async Task HealthOfANodeThatServes_Is200(string path)
    {
        using HttpResponseMessage response = await Node.Http.GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task FrontPage_NamesTheServerItsPortAndVersions_InALine()
    {
        string text = await Node.Http.GetStringAsync(new Uri("/", UriKind.Relative));

        text.ShouldContain("Concierge", Case.Insensitive);
        text.ShouldContain($"{Node.Url.Port}");
        text.ShouldContain("0.2.0");
        text.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task PathThatIsNotThere_Is404_AndDisturbsNobody()
    {
        WireClient bystander = await Node.JoinAsync();

        using HttpResponseMessage response = await Node.Http.GetAsync(new Uri("no/such/path", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await bystander.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task WebSocketPathWithoutUpgrade_Is426()
    {
        using HttpResponseMessage response = await Node.Http.GetAsync(new Uri("ws", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
    }
}
