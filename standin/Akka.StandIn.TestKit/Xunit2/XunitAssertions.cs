using System.Globalization;
using Xunit;

namespace Akka.TestKit.Xunit2;

public class XunitAssertions : ITestKitAssertions
{
    public void Fail(string format = "", params object[] args) => Assert.Fail(Formatted(format, args));

    public void AssertTrue(bool condition, string format = "", params object[] args) => Assert.True(condition, Formatted(format, args));

    public void AssertFalse(bool condition, string format = "", params object[] args) => Assert.False(condition, Formatted(format, args));

    public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args)
    {
        try
        {
            Assert.Equal(expected, actual);
        }
        catch (Xunit.Sdk.XunitException unequal) when (format.Length > 0)
        {
            Assert.Fail($"{Formatted(format, args)}{Environment.NewLine}{unequal.Message}");
        }
    }

    // Without arguments it is a text, which may contain braces.
    private static string Formatted(string format, object[] args) =>
        args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args);
}
