namespace Akka.Remote;

/// <summary>What another system has written, as it may stand in the log: no control characters, and not too much of it.</summary>
internal static class OneLine
{
    private const int Longest = 300;

    internal static string Of(string text) => string.Create(Math.Min(text.Length, Longest), text, static (line, text) =>
    {
        for (var i = 0; i < line.Length; i++)
            line[i] = char.IsControl(text[i]) ? '?' : text[i];
    });
}
