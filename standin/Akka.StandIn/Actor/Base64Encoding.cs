namespace Akka.Util;

internal static class Base64Encoding
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    /// <summary>Least significant digit first, as generated names are: $a, $b, ... $~, $ab.</summary>
    internal static string Encode(long value, string prefix)
    {
        Span<char> digits = stackalloc char[11];
        var length = 0;
        do
        {
            digits[length++] = Digits[(int)(value & 63)];
            value >>= 6;
        }
        while (value != 0);
        return string.Concat(prefix, digits[..length]);
    }
}
