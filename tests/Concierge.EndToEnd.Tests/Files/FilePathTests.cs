using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Files;

/// <summary>
/// Paths that want out of their client's folder. Requests are written by hand, as every library straightens them, and
/// what is on the disk afterwards has the last word.
/// </summary>
public sealed class FilePathTests(FileTrap trap) : IClassFixture<FileTrap>
{
    public static TheoryData<string> WaysOut => new(
        "../VICTIM/evil.txt", "x/../../VICTIM/evil.txt", "..", "../../../../evil.txt",
        "..%2fVICTIM%2fevil.txt", "..%2FVICTIM/evil.txt", "%2e%2e/VICTIM/evil.txt", "%2e%2e%2fevil.txt", "%2E%2E%2F%2E%2E%2Fevil.txt",
        "..%5cVICTIM%5cevil.txt", "..\\\\evil.txt", "%252e%252e%252fevil.txt", "..%252f..%252fevil.txt", "%c0%ae%c0%ae/evil.txt", "..%c0%afevil.txt",
        "/DIRECTORY/evil.txt", "%2fDIRECTORY%2fevil.txt", "//evil.txt", "x//evil.txt", "./evil.txt", "evil.txt%00.jpg", "evil%0a.txt", "C:%5cevil.txt", "%ff.txt");

    public static TheoryData<string> NamesOut => new(
        "../evil.txt", "../VICTIM/evil.txt", "../../../../evil.txt", "x/../../evil.txt", "DIRECTORY/evil.txt", "..\\\\evil.txt", "..",
        ".", "%2e%2e%2fevil.txt", "..%2fevil.txt", "evil.txt/../../evil.txt");

    [Theory]
    [MemberData(nameof(WaysOut))]
    public async Task PathThatLeadsOut_IsRefused_AndTouchesNothing(string path)
    {
        path = Fill(path);
        string[] before = Everything();

        UpgradeResponse written = await PostAsync($"/fs/{trap.Intruder.Uuid}/{path}", "innocent.txt");
        UpgradeResponse read = await RequestAsync($"GET /fs/{trap.Intruder.Uuid}/{path}", "", "");
        UpgradeResponse deleted = await RequestAsync($"DELETE /fs/{trap.Intruder.Uuid}/{path}", "", "");

        foreach (UpgradeResponse response in new[] { written, read, deleted }) response.Status.ShouldBeInRange(400, 499, response.Text);
        read.Text.ShouldNotContain(FileTrap.Planted);
        await ShouldBeUntouchedAsync(before);
    }

    [Theory]
    [MemberData(nameof(NamesOut))]
    public async Task NameInTheFormThatLeadsOut_IsRefused_AndTouchesNothing(string name)
    {
        string[] before = Everything();

        UpgradeResponse response = await PostAsync($"/fs/{trap.Intruder.Uuid}/", Fill(name));

        response.Status.ShouldBeInRange(400, 499, response.Text);
        await ShouldBeUntouchedAsync(before);
    }

    private string Fill(string path) => path.Replace("VICTIM", trap.Victim.Uuid).Replace("DIRECTORY", trap.Directory.FullName);

    private string[] Everything() => [.. trap.Directory.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.FullName).Order()];

    private async Task ShouldBeUntouchedAsync(string[] before)
    {
        Everything().ShouldBe(before);
        (await File.ReadAllTextAsync(Path.Combine(trap.Directory.FullName, "evil.txt"))).ShouldBe(FileTrap.Planted);
        File.Exists("/evil.txt").ShouldBeFalse();
        await trap.Victim.ShouldBeUndisturbedAsync();
        await trap.Intruder.ShouldBeUndisturbedAsync();
    }

    private Task<UpgradeResponse> PostAsync(string target, string name)
    {
        const string Boundary = "----border";
        string body = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\nevil\r\n--{Boundary}--\r\n";
        return RequestAsync($"POST {target}", $"Content-Type: multipart/form-data; boundary={Boundary}\r\n", body);
    }

    private async Task<UpgradeResponse> RequestAsync(string request, string headers, string body)
    {
        await using WireSocket socket = await trap.Node.DialAsync();
        await socket.SendRequestAsync(
            $"{request} HTTP/1.1\r\nHost: {trap.Node.Url.Authority}\r\nConnection: close\r\nx-fs-key: {trap.Intruder.FileKey}\r\n"
            + $"{headers}Content-Length: {body.Length}\r\n\r\n{body}");
        return await socket.ReadResponseAsync();
    }
}

/// <summary>A node whose files lie in a folder, next to one that is none of its clients' business.</summary>
public sealed class FileTrap : IAsyncLifetime
{
    public const string Planted = "planted by the test, for nobody to read";

    public DirectoryInfo Directory { get; } = System.IO.Directory.CreateTempSubdirectory("concierge-tests-");

    public NodeProcess Node { get; private set; } = null!;

    public WireClient Intruder { get; private set; } = null!;

    public WireClient Victim { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        DirectoryInfo files = Directory.CreateSubdirectory("files");
        await File.WriteAllTextAsync(Path.Combine(Directory.FullName, "evil.txt"), Planted);
        Node = await NodeProcess.StartAsync($"files.directory={files.FullName}", "heartbeat.interval=10m", "heartbeat.timeout=20m");
        Victim = await Node.JoinAsync();
        Intruder = await Node.JoinAsync();
    }

    public async Task DisposeAsync()
    {
        if (Node is not null) await Node.DisposeAsync();
        Directory.Delete(recursive: true);
    }
}
