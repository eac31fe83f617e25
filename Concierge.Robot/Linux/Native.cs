using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Concierge.Robot.Linux;

/// <summary>The kernel, by way of the C library: devices are opened as files, and all else is ioctl(2).</summary>
internal static partial class Native
{
    /// <summary>Opens a device file for reading and writing.</summary>
    /// <exception cref="IOException">It isn't there, or may not be opened.</exception>
    public static SafeFileHandle Open(string device)
    {
        try
        {
            return File.OpenHandle(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"{device} isn't there: is the interface switched on, and is this the right device?", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{device} may not be opened by this user: is it in the groups gpio and i2c?", e);
        }
    }

    /// <summary>Calls a device with a structure that both read and write.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public static unsafe void Control<T>(SafeFileHandle device, uint request, ref T argument, string what)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
            Check(IoControl(device, request, (nint)pointer), what);
    }

    /// <summary>Calls a device with a number.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public static void Control(SafeFileHandle device, uint request, nint argument, string what) =>
        Check(IoControl(device, request, argument), what);

    private static void Check(int result, string what)
    {
        if (result >= 0) return;
        var error = new Win32Exception(Marshal.GetLastPInvokeError());
        throw new IOException($"{what}: {error.Message} (errno {error.NativeErrorCode})", error);
    }

    // ioctl(2) takes its request as an unsigned long; its third argument is variadic, which Linux's calling conventions pass like any other.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int IoControl(SafeFileHandle device, nuint request, nint argument);
}
