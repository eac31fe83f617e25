using System.Net;
using Concierge.Node.Admin;

namespace Concierge.Node.Tests.Admin;

public sealed class AdminSecretTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private readonly Clock _clock = new();
    private readonly AdminSecret _secret;

    public AdminSecretTests() => _secret = new AdminSecret("open sesame", _clock);

    [Fact]
    public void RightOnes_AreRight_HoweverOften()
    {
        for (var i = 0; i < 100; i++) _secret.Judge("open sesame", Here).ShouldBe(AdminSecret.Verdict.Right);
    }

    [Fact]
    public void FiveWrongOnes_AreLookedAt_AndThenOneASecond()
    {
        for (var i = 0; i < 5; i++) _secret.Judge($"guess {i}", Here).ShouldBe(AdminSecret.Verdict.Wrong);
        _secret.Judge("open sesame", Here).ShouldBe(AdminSecret.Verdict.TooMany);
        _clock.Advance(0.9);
        _secret.Judge("open sesame", Here).ShouldBe(AdminSecret.Verdict.TooMany);

        _clock.Advance(0.1);
        _secret.Judge("open sesame", Here).ShouldBe(AdminSecret.Verdict.Right);
        _secret.Judge("guess", Here).ShouldBe(AdminSecret.Verdict.Wrong);
        _secret.Judge("guess", Here).ShouldBe(AdminSecret.Verdict.TooMany);
    }

    [Fact]
    public void WrongOnes_AreForgotten_ButNotSavedUp()
    {
        for (var i = 0; i < 5; i++) _secret.Judge("guess", Here);
        _clock.Advance(3600);

        for (var i = 0; i < 5; i++) _secret.Judge("guess", Here).ShouldBe(AdminSecret.Verdict.Wrong);
        _secret.Judge("guess", Here).ShouldBe(AdminSecret.Verdict.TooMany);
    }

    [Theory]
    [InlineData("")]
    [InlineData("open sesam")]
    [InlineData("open sesame ")]
    [InlineData("OPEN SESAME")]
    public void WhatIsAlmostTheSecret_IsWrong(string given) => _secret.Judge(given, Here).ShouldBe(AdminSecret.Verdict.Wrong);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8::2:3:4:5", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void WhoGuesses_IsHeldUp_AndNobodyElse(string guesser, string other, bool isTheSame)
    {
        for (var i = 0; i < 9; i++) _secret.Judge("guess", IPAddress.Parse(guesser));

        _secret.Judge("open sesame", IPAddress.Parse(other)).ShouldBe(isTheSame ? AdminSecret.Verdict.TooMany : AdminSecret.Verdict.Right);
    }

    [Fact]
    public void AddressesBeyondThoseRemembered_ShareWhatOneMayDo_UntilOthersAreForgotten()
    {
        for (var i = 0; i < 1024; i++) _secret.Judge("guess", new IPAddress(i + 1));
        for (var i = 0; i < 5; i++) _secret.Judge("guess", new IPAddress(2000 + i)).ShouldBe(AdminSecret.Verdict.Wrong);
        _secret.Judge("open sesame", Here).ShouldBe(AdminSecret.Verdict.TooMany);

        _clock.Advance(1);
        _secret.Judge("open sesame", Here).ShouldBe(AdminSecret.Verdict.Right);
    }

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(double seconds) => _now += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
