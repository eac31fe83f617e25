namespace Concierge.Protocol.Tests;

public sealed class RawJsonTests
{
    [Fact]
    public void Values_AreEqualByTheirBytes()
    {
        RawJson.From("[1]").ShouldBe(RawJson.From("[1]"));
        RawJson.From("1").ShouldNotBe(RawJson.From("1.0"));
        RawJson.From("[1]").GetHashCode().ShouldBe(RawJson.From("[1]").GetHashCode());
    }

    [Fact]
    public void Default_IsNull()
    {
        default(RawJson).ShouldBe(RawJson.From("null"));
        default(RawJson).ToString().ShouldBe("null");
    }
}
