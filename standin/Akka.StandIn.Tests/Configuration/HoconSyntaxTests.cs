using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.StandIn.Tests.Configuration;

public class HoconSyntaxTests
{
    [Theory]
    [InlineData("a.b = 1")]
    [InlineData("a { b = 1 }")]
    [InlineData("a { b : 1 }")]
    [InlineData("a = { b = 1 }")]
    [InlineData("a\n{\n  b =\n 1\n}")]
    [InlineData("{ \"a\": { \"b\": 1 }, \"c\": 2 }")]
    [InlineData("\"a\".\"b\" = 1")]
    [InlineData("# comment\na { // comment\n b = 1 # comment\n c = 2 // comment\n}\n# end")]
    [InlineData("\r\na {\r\n\tb = 1\r\n}\r\n")]
    [InlineData("a { b = 1, c = 2, }")]
    public void AnObject_HasManySpellings(string hocon)
    {
        ConfigurationFactory.ParseString(hocon).GetInt("a.b").ShouldBe(1);
    }

    [Fact]
    public void Objects_OfTheSameKey_AreMerged_AndTheLaterValueWins()
    {
        var config = ConfigurationFactory.ParseString("""
            a { x = 1, y = 1 }
            a { y = 2 }
            a.z = 3
            a = { w = 4 }
            """);

        config.GetInt("a.x").ShouldBe(1);
        config.GetInt("a.y").ShouldBe(2);
        config.GetInt("a.z").ShouldBe(3);
        config.GetInt("a.w").ShouldBe(4);
    }

    [Theory]
    [InlineData("a { x = 1 }\na = plain")]
    [InlineData("a = 5\na = plain")]
    public void AScalar_ReplacesWhatTheKeyHad(string hocon)
    {
        ConfigurationFactory.ParseString(hocon).GetString("a").ShouldBe("plain");
    }

    [Fact]
    public void AnObject_ReplacesAScalar()
    {
        ConfigurationFactory.ParseString("a = 5\na { x = 1 }").GetInt("a.x").ShouldBe(1);
    }

    [Theory]
    [InlineData("a = two words  # and a comment", "two words")]
    [InlineData("a = two   words, b = 1", "two   words")]
    [InlineData("""a = "quoted: {not} #a comment" """, "quoted: {not} #a comment")]
    [InlineData("""a = "tab\t\"quote\" \\ \/ \u0041" """, "tab\t\"quote\" \\ / A")]
    [InlineData("a = \"\"\"raw \\n \"quotes\" \n second line\"\"\"\n", "raw \\n \"quotes\" \n second line")]
    [InlineData("a = pre\"quoted \"post ", "prequoted post")]
    [InlineData("a = /usr/bin", "/usr/bin")]
    [InlineData("a = 10.0.0.1", "10.0.0.1")]
    [InlineData("a = \"\" ", "")]
    [InlineData("a = \"  trimmed  \" ", "trimmed")]
    public void AString_IsReadAsWritten(string hocon, string expected)
    {
        ConfigurationFactory.ParseString(hocon).GetString("a").ShouldBe(expected);
    }

    [Fact]
    public void Null_IsAPresentPathWithoutAString()
    {
        var config = ConfigurationFactory.ParseString("a = null");

        config.HasPath("a").ShouldBeTrue();
        config.GetString("a", "default").ShouldBeNull();
    }

    [Fact]
    public void AQuotedKey_MayContainDots()
    {
        var config = ConfigurationFactory.ParseString("""a { "b.c".d = 1 }""");

        config.GetInt("a.\"b.c\".d").ShouldBe(1);
        config.HasPath("a.b.c.d").ShouldBeFalse();
    }

    [Theory]
    [InlineData("a = [x, y, z]")]
    [InlineData("a = [x, y, z,]")]
    [InlineData("a = [\n x\n y # comment\n \"z\"\n]")]
    [InlineData("a = [x] [y, z]")]
    public void AList_HasManySpellings(string hocon)
    {
        ConfigurationFactory.ParseString(hocon).GetStringList("a").ShouldBe(["x", "y", "z"]);
    }

    [Fact]
    public void AList_MayHoldObjectsAndLists()
    {
        var list = ConfigurationFactory.ParseString("a = [{ b = 1 }, [2, 3]]").GetValue("a")!.GetArray();

        list.Count.ShouldBe(2);
        list[0].GetObject()!.GetKey("b")!.GetInt().ShouldBe(1);
        list[1].GetArray().Select(value => value.GetInt()).ShouldBe([2, 3]);
    }

    [Fact]
    public void ASubstitution_TakesTheLastValueOfItsPath()
    {
        var config = ConfigurationFactory.ParseString("""
            url = ${host}":"${port}/ws
            copy = ${nested}
            list = ${items}
            host = first, host = "10.0.0.1", port = 80
            nested { a = 1 }
            items = [x, y]
            """);

        config.GetString("url").ShouldBe("10.0.0.1:80/ws");
        config.GetInt("copy.a").ShouldBe(1);
        config.GetStringList("list").ShouldBe(["x", "y"]);
    }

    [Fact]
    public void ASubstitution_KeepsItsOwnTextsValue_WhateverIsLayeredOverIt()
    {
        var layered = ConfigurationFactory.ParseString("b = 2").WithFallback(ConfigurationFactory.ParseString("a = ${b}, b = 1"));

        layered.GetInt("a").ShouldBe(1);
        layered.GetInt("b").ShouldBe(2);
    }

    [Fact]
    public void ASubstitution_DoesNotReadTheEnvironment()
    {
        Environment.GetEnvironmentVariable("PATH").ShouldNotBeNullOrEmpty();

        Should.Throw<FormatException>(() => ConfigurationFactory.ParseString("a = ${PATH}")).Message.ShouldContain("PATH");
    }

    [Fact]
    public void AnInclude_StandsForTheIncludedText()
    {
        var config = ConfigurationFactory.ParseString("""
            before = 1
            include "top"
            inner { include "inner" }
            after = 2
            """,
            name => name == "top"
                ? new HoconRoot(ConfigurationFactory.ParseString("before = 10, after = 10, other = ${before}").Root)
                : Parser.Parse("x = ${y}, y = 5", null));

        config.GetInt("before").ShouldBe(10);
        config.GetInt("after").ShouldBe(2);
        config.GetInt("other").ShouldBe(10);
        config.GetInt("inner.x").ShouldBe(5);
    }

    [Fact]
    public void AnIncludedRootWithSubstitutions_CannotStandAtTheTop()
    {
        // Include new HoconRoot(config.Root) instead, whose substitutions are resolved and done with.
        Should.Throw<FormatException>(() => ConfigurationFactory.ParseString("include \"x\"\n", _ => Parser.Parse("a = ${b}, b = 1", null)));
    }

    [Theory]
    [InlineData("a = ${missing}")]
    [InlineData("a = $x ")]
    [InlineData("a = x*y ")]
    [InlineData("a = \"\\q\"")]
    [InlineData("a { b = 1 }, c = 2 ")]
    public void BrokenText_IsAFormatException(string hocon)
    {
        Should.Throw<FormatException>(() => ConfigurationFactory.ParseString(hocon));
    }

    [Fact]
    public void AnUnquotedUri_IsRefused()
    {
        Should.Throw<ConfigurationException>(() => ConfigurationFactory.ParseString("a = akka.tcp://sys@localhost:80"));
    }
}
