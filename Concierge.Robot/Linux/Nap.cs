using System.Runtime.InteropServices;

namespace Concierge.Robot.Linux;

/// <summary>Sleeps that are shorter than the millisecond that <see cref="Thread.Sleep(TimeSpan)"/> knows.</summary>
internal static partial class Nap
{
    /// <summary>Sleeps for about that long: the kernel adds its timer slack, 50 µs where nobody has changed it.</summary>
    public static void For(TimeSpan time)
    {
        if (time <= TimeSpan.Zero) return;
        var request = new TimeSpec { Seconds = (nint)(long)time.TotalSeconds, Nanoseconds = (nint)(time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick) };
        _ = NanoSleep(in request, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NanoSleep(in TimeSpec request, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
