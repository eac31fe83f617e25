using System.Diagnostics;

namespace Concierge.EndToEnd.Tests.Python;

/// <summary>A test that needs Debian's Python and its websockets library; where they are missing it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public const string Interpreter = "/usr/bin/python3";

    private static readonly Lazy<bool> HasWebSockets = new(TryImport);

    public PythonFactAttribute()
    {
        if (!HasWebSockets.Value) Skip = "needs python3-websockets (Debian: apt-get install python3-websockets)";
    }

    private static bool TryImport()
    {
        if (!File.Exists(Interpreter)) return false;
        using var import = Process.Start(new ProcessStartInfo(Interpreter, ["-c", "import websockets"]) { RedirectStandardError = true })!;
        import.StandardError.ReadToEnd();
        import.WaitForExit();
        return import.ExitCode == 0;
    }
}
