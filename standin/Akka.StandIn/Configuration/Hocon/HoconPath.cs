namespace Akka.Configuration.Hocon;

/// <summary>Splits <c>a."b.c".d</c> into its elements.</summary>
internal static class HoconPath
{
    public static IEnumerable<string> Split(string path)
    {
        for (var start = 0; start < path.Length;)
        {
            var quoted = path[start] == '"';
            var from = quoted ? start + 1 : start;
            var end = path.IndexOf(quoted ? '"' : '.', from);
            if (end < 0)
                end = quoted ? throw new ArgumentException($"The path {path} has an opening quote and no closing one.", nameof(path)) : path.Length;
            yield return path[from..end];
            start = quoted ? end + 2 : end + 1;
        }
    }
}
