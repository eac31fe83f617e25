namespace Concierge.Load;

/// <summary>What is done to a server.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">What it is called in the table.</param>
/// <param name="Lanes">Publishers, each with receivers of its own.</param>
/// <param name="Receivers">Receivers of each publisher.</param>
/// <param name="Window">Messages that a publisher has in flight: the next goes out when all receivers have the oldest. 0: none.</param>
/// <param name="Rate">Messages a second, where there is no window.</param>
internal sealed record Scenario(string Name, string Title, int Lanes, int Receivers, int Window, double Rate)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("fan-out-1000", "1 → 1,000, 64 in flight", Lanes: 1, Receivers: 1000, Window: 64, Rate: 0),
        new("fan-out-100", "1 → 100, 64 in flight", Lanes: 1, Receivers: 100, Window: 64, Rate: 0),
        new("rate", "1 → 1,000, 50/s", Lanes: 1, Receivers: 1000, Window: 0, Rate: 50),
        new("pairs", "100 × 1 → 1, 4 in flight", Lanes: 100, Receivers: 1, Window: 4, Rate: 0),
        new("idle", "5,000 idle", Lanes: 0, Receivers: 5000, Window: 0, Rate: 0),
    ];

    /// <summary>Nobody says anything: what a connection costs by being there.</summary>
    public bool IsIdle => Lanes == 0;

    /// <summary>One receiver each, which is addressed itself and not by a topic.</summary>
    public bool IsDirect => Receivers == 1;
}
