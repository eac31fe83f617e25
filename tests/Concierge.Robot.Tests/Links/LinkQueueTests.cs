using System.Globalization;
using Concierge.Protocol;
using Concierge.Robot.Links;

namespace Concierge.Robot.Tests.Links;

public class LinkQueueTests
{
    private static readonly Target All = new Target.ToService("robot/r");

    private readonly LinkQueue _queue = new();

    [Fact]
    public void Telemetry_OfAKindThatStillWaits_IsReplacedInItsPlace()
    {
        Add("1", "status");
        Add("2", "motor_state");
        Add("3", "status");

        Take().ShouldBe(["3", "2"]);
    }

    [Fact]
    public void Answers_AreNeverReplaced_AndKeepTheirOrder()
    {
        Add("1");
        Add("2");

        Take().ShouldBe(["1", "2"]);
    }

    [Fact]
    public void Answers_BeyondTheBound_PushTheOldestOut_AndNoTelemetry()
    {
        Add("0", "status");
        for (var i = 1; i <= 300; i++) Add(i.ToString(CultureInfo.InvariantCulture));

        var left = Take();

        left[..2].ShouldBe(["0", "45"]);
        left.Length.ShouldBe(257);
    }

    private void Add(string data, string? key = null) => _queue.Add(All, RawJson.From(data), key);

    private string[] Take()
    {
        var taken = new List<string>();
        while (_queue.TryTake(out var entry)) taken.Add(entry.Data.ToString());
        return [.. taken];
    }
}
