namespace Akka.Event;

/// <summary>The log of a system that was given no other; on standard error, unlike Akka.NET's, as standard output is the program's.</summary>
internal static class StandardErrorLogger
{
    internal static void Print(LogEvent logged) => Console.Error.WriteLine(logged);
}
