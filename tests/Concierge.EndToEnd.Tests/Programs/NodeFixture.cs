namespace Concierge.EndToEnd.Tests.Programs;

/// <summary>A node with settings of its own, for the tests of one class.</summary>
public abstract class NodeFixture(params string[] settings) : IAsyncLifetime
{
    public NodeProcess Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await NodeProcess.StartAsync(settings);

    public async Task DisposeAsync()
    {
        if (Node is not null) await Node.DisposeAsync();
    }
}
