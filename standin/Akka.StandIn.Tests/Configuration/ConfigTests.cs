using Akka.Configuration;

namespace Akka.StandIn.Tests.Configuration;

public class ConfigTests
{
    private static readonly Config Sample = ConfigurationFactory.ParseString("""
        int = 42, long = 9223372036854775807, double = 1.5, text = hello, on = on, object = { a = 1 }, list = [1, 2]
        """);

    [Fact]
    public void Getters_ReadTheirType()
    {
        Sample.GetInt("int").ShouldBe(42);
        Sample.GetLong("long").ShouldBe(long.MaxValue);
        Sample.GetDouble("double").ShouldBe(1.5);
        Sample.GetFloat("double").ShouldBe(1.5f);
        Sample.GetDecimal("double").ShouldBe(1.5m);
        Sample.GetString("text").ShouldBe("hello");
        Sample.GetString("int").ShouldBe("42");
        Sample.GetBoolean("on").ShouldBeTrue();
        Sample.GetStringList("list").ShouldBe(["1", "2"]);
    }

    [Fact]
    public void AMissingPath_GivesTheDefault()
    {
        Sample.GetInt("none", 7).ShouldBe(7);
        Sample.GetInt("text.below").ShouldBe(0);
        Sample.GetString("none").ShouldBeNull();
        Sample.GetString("none", "x").ShouldBe("x");
        Sample.GetBoolean("none", true).ShouldBeTrue();
        Sample.GetTimeSpan("none", TimeSpan.FromSeconds(3)).ShouldBe(TimeSpan.FromSeconds(3));
        Sample.GetTimeSpan("none").ShouldBe(TimeSpan.Zero);
        Sample.GetByteSize("none").ShouldBeNull();
        Sample.GetByteSize("none", 5).ShouldBe(5);
        Sample.GetStringList("none").ShouldBeEmpty();
        Sample.GetConfig("none").ShouldBeNull();
        Sample.HasPath("none").ShouldBeFalse();
    }

    [Fact]
    public void AValueOfAnotherType_Throws_ButNotAsStringOrList()
    {
        Should.Throw<FormatException>(() => Sample.GetInt("text"));
        Should.Throw<FormatException>(() => Sample.GetInt("double"));
        Should.Throw<OverflowException>(() => Sample.GetInt("long"));
        Should.Throw<ArgumentNullException>(() => Sample.GetInt("object"));
        Should.Throw<NotSupportedException>(() => Sample.GetBoolean("text"));
        Should.Throw<FormatException>(() => Sample.GetTimeSpan("text"));
        Should.Throw<FormatException>(() => Sample.GetByteSize("text"));

        Sample.GetString("object").ShouldBeNull();
        Sample.GetString("list").ShouldBeNull();
        Sample.GetStringList("text").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void ABoolean_IsOnOrOff(string text, bool expected)
    {
        ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a", !expected).ShouldBe(expected);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("True")]
    [InlineData("1")]
    public void ABoolean_IsNothingElse(string text)
    {
        Should.Throw<NotSupportedException>(() => ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a"));
    }

    [Theory]
    [InlineData("250", 250)]
    [InlineData("250ms", 250)]
    [InlineData("250 milliseconds", 250)]
    [InlineData("1.5s", 1500)]
    [InlineData("2 seconds", 2000)]
    [InlineData("3m", 180_000)]
    [InlineData("1 minute", 60_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("2 days", 172_800_000)]
    [InlineData("5000 micros", 5)]
    [InlineData("1000000 ns", 1)]
    [InlineData("0s", 0)]
    [InlineData("infinite", -1)]
    public void ADuration_HasAUnit_OrIsInMilliseconds(string text, double milliseconds)
    {
        ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a").ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("5 fortnights")]
    [InlineData("5us")]
    [InlineData("1w")]
    [InlineData("-5s")]
    [InlineData("-5")]
    [InlineData("soon")]
    public void ADuration_OfAnotherUnitOrSign_Throws(string text)
    {
        Should.Throw<FormatException>(() => ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a"));
    }

    [Fact]
    public void Infinite_IsRefusedWhereItIsNotAllowed()
    {
        Should.Throw<FormatException>(() => ConfigurationFactory.ParseString("a = infinite").GetTimeSpan("a", allowInfinite: false));
    }

    [Theory]
    [InlineData("128000", 128_000)]
    [InlineData("128000b", 128_000)]
    [InlineData("10 bytes", 10)]
    [InlineData("1kB", 1000)]
    [InlineData("2 kilobytes", 2000)]
    [InlineData("1k", 1024)]
    [InlineData("1K", 1024)]
    [InlineData("1KiB", 1024)]
    [InlineData("1 MiB", 1_048_576)]
    [InlineData("1m", 1_048_576)]
    [InlineData("1MB", 1_000_000)]
    [InlineData("1 mebibyte", 1_048_576)]
    [InlineData("3GiB", 3_221_225_472)]
    [InlineData("1GB", 1_000_000_000)]
    [InlineData("1 TiB", 1_099_511_627_776)]
    public void AByteSize_HasADecimalOrABinaryUnit(string text, long bytes)
    {
        ConfigurationFactory.ParseString($"a = {text}").GetByteSize("a").ShouldBe(bytes);
    }

    [Theory]
    [InlineData("1 KB")]
    [InlineData("1mb")]
    [InlineData("1.5MiB")]
    [InlineData("1 parsec")]
    public void AByteSize_OfAnotherUnit_OrWithAFraction_Throws(string text)
    {
        Should.Throw<FormatException>(() => ConfigurationFactory.ParseString($"a = {text}").GetByteSize("a"));
    }

    [Fact]
    public void WithFallback_FillsWhatIsMissing_AtAnyDepth()
    {
        var config = ConfigurationFactory.ParseString("a = { x = 1, o = plain }, list = [1]")
            .WithFallback(ConfigurationFactory.ParseString("a = { x = 9, y = 2, o { z = 3 } }, b = 4, list = [7, 8]"))
            .WithFallback(ConfigurationFactory.ParseString("a = { w = 5 }, b = 9"));

        config.GetInt("a.x").ShouldBe(1);
        config.GetInt("a.y").ShouldBe(2);
        config.GetInt("a.w").ShouldBe(5);
        config.GetString("a.o").ShouldBe("plain");
        config.GetInt("b").ShouldBe(4);
        config.GetStringList("list").ShouldBe(["1"]);
        config.GetConfig("a")!.GetInt("y").ShouldBe(2);
    }

    [Fact]
    public void WithFallback_LeavesBothAsTheyWere()
    {
        var first = ConfigurationFactory.ParseString("a { x = 1 }");
        var second = ConfigurationFactory.ParseString("a { y = 2 }");

        first.WithFallback(second).GetInt("a.y").ShouldBe(2);

        first.HasPath("a.y").ShouldBeFalse();
        second.HasPath("a.x").ShouldBeFalse();
    }

    [Fact]
    public void WithFallback_OfNothingOrToNothing_IsTheOther()
    {
        Sample.WithFallback(null).ShouldBeSameAs(Sample);
        Config.Empty.WithFallback(Sample).ShouldBeSameAs(Sample);
        Sample.WithFallback(Config.Empty).GetInt("int").ShouldBe(42);
        Should.Throw<ArgumentException>(() => Sample.WithFallback(Sample));
    }

    [Fact]
    public void AnEmptyText_IsAnEmptyConfiguration()
    {
        ConfigurationFactory.ParseString("").IsEmpty.ShouldBeTrue();
        ConfigurationFactory.ParseString("  # only a comment\n").IsEmpty.ShouldBeTrue();
        ConfigurationFactory.Empty.IsEmpty.ShouldBeTrue();
        Config.Empty.IsNullOrEmpty().ShouldBeTrue();
        Sample.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public void Keys_CanBeWalked()
    {
        var config = ConfigurationFactory.ParseString("a { b = 1, c { d = 2 } }").WithFallback(ConfigurationFactory.ParseString("e = 3"));

        config.AsEnumerable().Select(item => item.Key).Order().ShouldBe(["a", "e"]);
        Leaves(config.Root.GetObject()!, "").Order().ShouldBe(["a.b=1", "a.c.d=2", "e=3"]);

        static IEnumerable<string> Leaves(Akka.Configuration.Hocon.HoconObject node, string path) =>
            node.Items.SelectMany(item => item.Value.IsObject()
                ? Leaves(item.Value.GetObject()!, path + item.Key + ".")
                : [$"{path}{item.Key}={item.Value.GetString()}"]);
    }

    [Fact]
    public void AString_IsAConfiguration()
    {
        Config config = "a = 1";

        config.GetInt("a").ShouldBe(1);
    }

    [Fact]
    public void ToString_CanBeParsedAgain()
    {
        var text = Sample.WithFallback(ConfigurationFactory.ParseString("z = \"b c\"")).ToString(includeFallback: true);

        var again = ConfigurationFactory.ParseString(text);

        again.GetInt("object.a").ShouldBe(1);
        again.GetString("z").ShouldBe("b c");
        Sample.ToString().ShouldNotContain("z");
    }
}
