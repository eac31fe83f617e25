using Concierge.Node.Files;

namespace Concierge.Node.Tests.Files;

public sealed class FilePathTests
{
    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("a/b/c.txt", "a/b/c.txt")]
    [InlineData("%C3%A4%20%23.txt", "ä #.txt")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("...", "...")]
    [InlineData("100%25", "100%")]
    [InlineData("100%", "100%")]
    [InlineData("a%zz", "a%zz")]
    [InlineData("%F0%9F%A4%96", "🤖")]
    public void Path_ThatStaysInside_IsTakenAsItReads(string encoded, string expected)
    {
        FilePath.TryParseEncoded(encoded, out var path, out _).ShouldBeTrue();
        path!.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./b")]
    [InlineData("%2e%2e/x")]
    [InlineData("%2E%2E/x")]
    [InlineData(".%2e/x")]
    [InlineData("..%2fx")]
    [InlineData("a%2Fb")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("..%5cx")]
    [InlineData("a\\b")]
    [InlineData("%252e%252e/x")]
    [InlineData("%252e%252e%252fx")]
    [InlineData("%25252e%25252e")]
    [InlineData("a%255cb")]
    [InlineData("a%2500b")]
    [InlineData("a%00b")]
    [InlineData("a%0ab")]
    [InlineData("a%7Fb")]
    [InlineData("a%C2%85b")]
    [InlineData("%ff")]
    [InlineData("%c0%ae%c0%ae/x")]
    [InlineData("%ed%a0%80")]
    public void Path_ThatCouldLeadElsewhere_IsRefused(string encoded)
    {
        FilePath.TryParseEncoded(encoded, out var path, out var fault).ShouldBeFalse();
        path.ShouldBeNull();
        fault.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Name_IsBoundedInBytes(int bytes, bool accepted) =>
        FilePath.TryParse(new string('é', bytes / 2) + (bytes % 2 == 1 ? "x" : ""), out _, out _).ShouldBe(accepted);

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Path_IsBoundedInDepth(int depth, bool accepted) =>
        FilePath.TryParse(string.Join('/', Enumerable.Repeat("a", depth)), out _, out _).ShouldBe(accepted);

    [Fact]
    public void Path_IsBoundedInLength() =>
        FilePath.TryParse(string.Join('/', Enumerable.Repeat(new string('a', 250), 5)), out _, out _).ShouldBeFalse();

    [Fact]
    public void Name_WithHalfASurrogatePair_IsRefused() => FilePath.TryParse("a\ud800", out _, out _).ShouldBeFalse();

    [Fact]
    public void Name_FromAForm_IsNotDecoded()
    {
        FilePath.TryParse("50%20off", out var path, out _).ShouldBeTrue();
        path!.Name.ShouldBe("50%20off");
    }
}
