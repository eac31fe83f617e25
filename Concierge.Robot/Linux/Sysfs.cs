namespace Concierge.Robot.Linux;

/// <summary>Attributes of the kernel's that are files with one value each.</summary>
internal interface ISysfs
{
    bool Exists(string path);

    /// <exception cref="IOException">It isn't there, or may not be read.</exception>
    string Read(string path);

    /// <exception cref="IOException">It isn't there, may not be written, or the kernel refuses the value.</exception>
    void Write(string path, string value);
}

/// <summary>The real ones.</summary>
internal sealed class Sysfs : ISysfs
{
    /// <summary>How often, and how far apart, a file is tried that udev may be about to grant to the group gpio.</summary>
    private const int Attempts = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public bool Exists(string path) => Directory.Exists(path);

    public string Read(string path) => Try(path, () => File.ReadAllText(path)).Trim();

    public void Write(string path, string value) => Try(path, () =>
    {
        // One write(2) of all of it, to a file that exists: FileMode.Create would truncate it first.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(value));
        return value;
    });

    private static string Try(string path, Func<string> access)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return access();
            }
            catch (UnauthorizedAccessException) when (attempt < Attempts)
            {
                Thread.Sleep(Pause);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new IOException($"{path} may not be accessed by this user: is it in the group gpio?", e);
            }
        }
    }
}
