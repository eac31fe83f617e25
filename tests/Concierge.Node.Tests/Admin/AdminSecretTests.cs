using Concierge.Node.Admin;

namespace Concierge.Node.Tests.Admin;

public sealed class AdminSecretTests
{
    private readonly Clock _clock = new();
    private readonly AdminSecret _secret;

    public AdminSecretTests() => _secret = new AdminSecret("open sesame", _clock);

    [Fact]
    public void RightOnes_AreRight_HoweverOften()
    {
        for (var i = 0; i < 100; i++) _secret.Judge("open sesame").ShouldBe(AdminSecret.Verdict.Right);
    }

    [Fact]
    public void FiveWrongOnes_AreLookedAt_AndThenOneASecond()
    {
        for (var i = 0; i < 5; i++) _secret.Judge($"guess {i}").ShouldBe(AdminSecret.Verdict.Wrong);
        _secret.Judge("open sesame").ShouldBe(AdminSecret.Verdict.TooMany);
        _clock.Advance(0.9);
        _secret.Judge("open sesame").ShouldBe(AdminSecret.Verdict.TooMany);

        _clock.Advance(0.1);
        _secret.Judge("open sesame").ShouldBe(AdminSecret.Verdict.Right);
        _secret.Judge("guess").ShouldBe(AdminSecret.Verdict.Wrong);
        _secret.Judge("guess").ShouldBe(AdminSecret.Verdict.TooMany);
    }

    [Fact]
    public void WrongOnes_AreForgotten_ButNotSavedUp()
    {
        for (var i = 0; i < 5; i++) _secret.Judge("guess");
        _clock.Advance(3600);

        for (var i = 0; i < 5; i++) _secret.Judge("guess").ShouldBe(AdminSecret.Verdict.Wrong);
        _secret.Judge("guess").ShouldBe(AdminSecret.Verdict.TooMany);
    }

    [Theory]
    [InlineData("")]
    [InlineData("open sesam")]
    [InlineData("open sesame ")]
    [InlineData("OPEN SESAME")]
    public void WhatIsAlmostTheSecret_IsWrong(string given) => _secret.Judge(given).ShouldBe(AdminSecret.Verdict.Wrong);

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(double seconds) => _now += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
