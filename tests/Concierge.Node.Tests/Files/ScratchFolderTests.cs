using Concierge.Node.Files;

namespace Concierge.Node.Tests.Files;

public sealed class ScratchFolderTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void Folder_IsGoneWithEverythingInItWhenDisposed()
    {
        var folder = new ScratchFolder(_parent.Path("new"));
        File.WriteAllText(Path.Combine(folder.Path, "file"), "1");

        folder.Dispose();

        Directory.Exists(folder.Path).ShouldBeFalse();
    }

    [Fact]
    public void Folder_IsItsOwnersAlone()
    {
        using var folder = new ScratchFolder(_parent.Path(""));

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(folder.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Exists(folder.Path).ShouldBeTrue();
    }

    [Fact]
    public void Folder_OfACrashedNode_IsRemovedByTheNext()
    {
        var abandoned = Path.GetDirectoryName(_parent.Write("concierge-files-0/lock", ""))!;
        _parent.Write("concierge-files-0/clients/file", "1");

        using var next = new ScratchFolder(_parent.Path(""));

        Directory.Exists(abandoned).ShouldBeFalse();
    }

    [Fact]
    public void Folder_OfALivingNode_IsLeftAlone()
    {
        using var living = new ScratchFolder(_parent.Path(""));
        using var next = new ScratchFolder(_parent.Path(""));

        Directory.Exists(living.Path).ShouldBeTrue();
        next.Path.ShouldNotBe(living.Path);
    }

    [Fact]
    public void Folders_OfOthers_AreLeftAlone()
    {
        var other = _parent.Write("something-else/lock", "");
        var unlocked = _parent.Write("concierge-files-1/file", "");

        using var next = new ScratchFolder(_parent.Path(""));

        File.Exists(other).ShouldBeTrue();
        File.Exists(unlocked).ShouldBeTrue();
    }
}
