namespace Concierge.Client.Tests;

public sealed class BackoffTests
{
    private static readonly ReconnectPolicy Policy = new()
    {
        InitialDelay = TimeSpan.FromMilliseconds(250),
        MaxDelay = TimeSpan.FromSeconds(1.5),
        Factor = 2,
    };

    [Fact]
    public void Next_WithTheMostJitter_DoublesUpToTheMaximum()
    {
        var backoff = new Backoff(Policy, () => 1);

        double[] delays = [.. Enumerable.Range(0, 5).Select(_ => backoff.Next().TotalMilliseconds)];

        delays.ShouldBe([250, 500, 1000, 1500, 1500]);
    }

    [Fact]
    public void Next_WithTheLeastJitter_DoesNotWait()
    {
        var backoff = new Backoff(Policy, () => 0);

        backoff.Next().ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Next_AfterAHundredThousandAttempts_IsStillTheMaximum()
    {
        var backoff = new Backoff(Policy with { Factor = 1e300 }, () => 1);

        for (var attempt = 0; attempt < 100_000; attempt++)
            backoff.Next();

        backoff.Next().ShouldBe(Policy.MaxDelay);
    }

    [Fact]
    public void Reset_AfterFailures_StartsOver()
    {
        var backoff = new Backoff(Policy, () => 1);
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        backoff.Next().ShouldBe(Policy.InitialDelay);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Validate_WithAFactorThatShrinksOrIsNone_Throws(double factor) =>
        Should.Throw<ArgumentOutOfRangeException>((Policy with { Factor = factor }).Validate);

    [Fact]
    public void Validate_WithAMaximumBelowTheFirstDelay_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>((Policy with { MaxDelay = TimeSpan.FromMilliseconds(1) }).Validate);
}
