namespace Concierge.Protocol.Tests;

public sealed class ProtocolVersionTests
{
    [Theory]
    [InlineData("0.2.0")]
    [InlineData("0.2.7")]
    [InlineData("0.2.2147483647")]
    [InlineData("0.2.1+build.5")]
    public void VersionsInRange_AreAccepted(string version) => ProtocolVersion.IsAccepted(version).ShouldBeTrue();

    [Theory]
    [InlineData("0.1.9")]
    [InlineData("0.3.0")]
    [InlineData("1.2.0")]
    [InlineData("0.2.0-rc.1")]
    [InlineData("0.2.1-rc.1")]
    [InlineData("0.3.0-alpha")]
    public void VersionsOutOfRangeAndPreReleases_AreRefused(string version) => ProtocolVersion.IsAccepted(version).ShouldBeFalse();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0.2")]
    [InlineData("0.2.0.0")]
    [InlineData("0.02.0")]
    [InlineData("v0.2.0")]
    [InlineData(" 0.2.0")]
    [InlineData("0.2.0\n")]
    [InlineData("0.2.+1")]
    [InlineData("0.2.x")]
    [InlineData("0.2.99999999999999999999")]
    public void WhatIsNoSemanticVersionOfThreeParts_IsRefused(string? version) => ProtocolVersion.IsAccepted(version).ShouldBeFalse();

    [Fact]
    public void HugeVersion_IsRefused() => ProtocolVersion.IsAccepted("0.2.0+" + new string('b', 1_000_000)).ShouldBeFalse();

    [Fact]
    public void OurOwnVersion_IsAccepted() => ProtocolVersion.IsAccepted(ProtocolVersion.Current).ShouldBeTrue();
}
