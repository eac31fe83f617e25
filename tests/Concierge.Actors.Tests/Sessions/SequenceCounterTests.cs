using Concierge.Actors.Sessions;

namespace Concierge.Actors.Tests.Sessions;

public class SequenceCounterTests
{
    [Fact]
    public void Count_StartsAtZeroAndGrowsByOne()
    {
        var counter = new SequenceCounter();

        counter.Count().ShouldBe(0);
        counter.Count().ShouldBe(1);
    }

    [Fact]
    public void Set_MakesTheNextFrameTheOneAfterIt()
    {
        var counter = new SequenceCounter();
        counter.Set(41);

        counter.Count().ShouldBe(42);
    }

    [Fact]
    public void Count_AfterTheLargestNumber_StartsAtZeroAgain()
    {
        var counter = new SequenceCounter();
        counter.Set(long.MaxValue - 1);

        counter.Count().ShouldBe(long.MaxValue);
        counter.Count().ShouldBe(0);
    }

    [Fact]
    public void Set_ToTheLargestNumber_IsFollowedByZero()
    {
        var counter = new SequenceCounter();
        counter.Set(long.MaxValue);

        counter.Count().ShouldBe(0);
    }
}
