using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Connections;

/// <summary><c>limits.connections</c></summary>
public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task OverTheLimit_TheUpgradeIsAnsweredWith503_UntilSomebodyLeaves()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("limits.connections=2");
        WireClient stays = await node.JoinAsync(), leaves = await node.JoinAsync();

        await using (WireSocket tooMany = await node.DialAsync())
        {
            (await tooMany.UpgradeAsync([])).Status.ShouldBe(503);
            await tooMany.ReadEndAsync();
        }

        await stays.ShouldBeUndisturbedAsync();
        await leaves.ShouldBeUndisturbedAsync();
        await leaves.LeaveAsync();
        WireClient newcomer = await node.JoinAsync();
        await newcomer.ShouldBeUndisturbedAsync();
    }
}
