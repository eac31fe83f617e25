using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.StandIn.Tests.Configuration;

/// <summary>What Akka.NET misreads without a word, or doesn't survive, and the stand-in refuses. Of the stand-in alone.</summary>
public class HoconStrictnessTests
{
    [Theory]
    [InlineData("a { b = 1", "line 1, column 10: expected a key, or '}' to close the object of line 1, column 3")]
    [InlineData("a = 1\nb = 2 }", "line 2, column 7")]
    [InlineData("a = [1, 2", "line 1, column 10: expected a value, or ']'")]
    [InlineData("a = [1 = 2]", "line 1, column 8")]
    [InlineData("a = \"open", "line 1, column 5: this quote is never closed")]
    [InlineData("a = \"\"\"open\"\"", "line 1, column 5")]
    [InlineData("a = \n b = 2", "line 2, column 4: expected the end of the line")]
    [InlineData("a { b = }", "line 1, column 9: expected a value, found '}'")]
    [InlineData("a\nb = 1", "line 2, column 1: expected '=', ':', '{' or '.' after the key 'a'")]
    [InlineData("a += 1", "'+='")]
    [InlineData("a = ${?PATH}", "no optional substitution")]
    [InlineData("a = ${b", "line 1, column 8: expected '}'")]
    [InlineData("b = {}\na = ${b} { c = 1 }", "no object here")]
    [InlineData("include \"x\"\n", "nothing was given to find it with")]
    [InlineData("\n\na = ${c}", "line 3, column 5: unresolved substitution ${c}")]
    [InlineData("a = ${a}", "refers to itself")]
    [InlineData("a = ${b}\nb { c = ${a} }", "refers to itself")]
    public void AMistake_IsReportedWithItsPlaceAndWhatWasExpected(string hocon, string message)
    {
        Should.Throw<FormatException>(() => ConfigurationFactory.ParseString(hocon)).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("", "a{")]
    [InlineData("", "a.")]
    [InlineData("a=", "[")]
    [InlineData("a=", "[{b=")]
    public void DeepNesting_IsRefused(string start, string opening)
    {
        var text = start + string.Concat(Enumerable.Repeat(opening, 100_000));

        Should.Throw<FormatException>(() => ConfigurationFactory.ParseString(text)).Message.ShouldContain("nested more than 100 deep");
    }

    [Fact]
    public void NestingWithinTheBound_IsRead()
    {
        var path = string.Join('.', Enumerable.Repeat("a", 100));

        ConfigurationFactory.ParseString(path + " = 1").GetInt(path).ShouldBe(1);
    }

    [Fact]
    public void ManySubstitutionsOfOneAnother_AreResolvedWithoutBlowingUp()
    {
        var doubling = string.Join('\n', Enumerable.Range(1, 100).Select(i => $"a{i} = [${{a{i - 1}}}, ${{a{i - 1}}}]"));

        ConfigurationFactory.ParseString("a0 = 1\n" + doubling).HasPath("a100").ShouldBeTrue();
    }

    [Theory]
    [InlineData("{}[]=:,.\"\\#$/\n\t abc1${include")]
    public void AnyText_IsReadOrRefused(string alphabet)
    {
        var random = new Random(2);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string(random.GetItems(alphabet.AsSpan(), random.Next(40)));
            try
            {
                Parser.Parse(text, _ => new HoconRoot(Config.Empty.Root)).Value.ShouldNotBeNull();
            }
            catch (Exception e) when (e is FormatException or ConfigurationException)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }
}
