namespace Concierge.Protocol.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Alice_2")]
    [InlineData("Ångström")]
    [InlineData("漢字")]
    [InlineData("٣")]
    [InlineData("𝒳𝒴")]
    public void LettersDigitsAndUnderscores_NameClientsAndServices(string name)
    {
        Names.IsClientName(name).ShouldBeTrue();
        Names.IsServiceName(name).ShouldBeTrue();
    }

    [Theory]
    [InlineData("robots/r2.d2:arm-left")]
    [InlineData("-")]
    [InlineData("..")]
    public void PathsAndDashes_NameServicesOnly(string name)
    {
        Names.IsServiceName(name).ShouldBeTrue();
        Names.IsClientName(name).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("😀")]
    [InlineData("e\u0301")]
    [InlineData("a\ud835")]
    [InlineData("²")]
    [InlineData("a\\b")]
    [InlineData("a－b")]
    public void AnythingElse_NamesNobody(string? name)
    {
        Names.IsClientName(name).ShouldBeFalse();
        Names.IsServiceName(name).ShouldBeFalse();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("𝒳")]
    public void Lengths_CountCodePoints(string letter)
    {
        Names.IsClientName(Repeat(letter, 64)).ShouldBeTrue();
        Names.IsClientName(Repeat(letter, 65)).ShouldBeFalse();
        Names.IsServiceName(Repeat(letter, 128)).ShouldBeTrue();
        Names.IsServiceName(Repeat(letter, 129)).ShouldBeFalse();
    }

    private static string Repeat(string letter, int count) => string.Concat(Enumerable.Repeat(letter, count));
}
