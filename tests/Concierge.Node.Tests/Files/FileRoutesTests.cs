using System.Net;
using System.Net.Http.Headers;
using Concierge.Node.Files;

namespace Concierge.Node.Tests.Files;

public sealed class FileRoutesTests : IAsyncLifetime
{
    private FileServer _server = null!;
    private FileClient _anna = null!;
    private FileClient _ben = null!;

    public async Task InitializeAsync()
    {
        _server = await FileServer.StartAsync(maxSize: 1000);
        (_anna, _ben) = (_server.Join(), _server.Join());
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Upload_ByItsOwner_IsThereForEveryClient()
    {
        using var created = await _anna.PostAsync("notes.txt", ("whatever.txt", "hello"));
        using var read = await _ben.GetAsync("notes.txt", _anna.Uuid);

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await read.Content.ReadAsStringAsync()).ShouldBe("hello");
    }

    [Fact]
    public async Task Upload_WithTheFileKey_WorksAsWithTheUuid()
    {
        using var created = await _anna.SendAsync(HttpMethod.Post, $"/fs/{_anna.Uuid}/a", _anna.Key, FileClient.Form(("a", "1")));

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Download_IsAnAttachmentByItsName()
    {
        using var created = await _anna.PostAsync("sub/gr%C3%BC%C3%9Fe.html", ("x", "<script>"));
        using var read = await _ben.GetAsync("sub/gr%C3%BC%C3%9Fe.html", _anna.Uuid);

        var disposition = read.Content.Headers.ContentDisposition!;
        disposition.DispositionType.ShouldBe("attachment");
        disposition.FileNameStar.ShouldBe("grüße.html");
        read.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        read.Content.Headers.ContentLength.ShouldBe(8);
        read.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task Download_OfARange_SendsThatPart()
    {
        using var created = await _anna.PostAsync("digits", ("x", "0123456789"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/fs/{_anna.Uuid}/digits") { Headers = { Range = new RangeHeaderValue(3, 5) } };
        request.Headers.Add("x-fs-key", _ben.Uuid.ToString());

        using var response = await _server.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await response.Content.ReadAsStringAsync()).ShouldBe("345");
        response.Content.Headers.ContentRange!.ToString().ShouldBe("bytes 3-5/10");
    }

    [Fact]
    public async Task Download_OfARangeBeyondTheEnd_IsRefused()
    {
        using var created = await _anna.PostAsync("digits", ("x", "0123456789"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/fs/{_anna.Uuid}/digits") { Headers = { Range = new RangeHeaderValue(10, null) } };
        request.Headers.Add("x-fs-key", _anna.Uuid.ToString());

        using var response = await _server.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Fact]
    public async Task Requests_OfOneClientBeyondItsShare_AreRefused_OthersAreNot()
    {
        List<RawHttp> uploads = [];
        for (var i = 0; i < RequestsInWork.Most; i++)
        {
            var upload = await RawHttp.ConnectAsync(_server.Http.BaseAddress!.Port);
            uploads.Add(upload);
            await upload.SendAsync(
                $"POST /fs/{_anna.Uuid}/slow{i} HTTP/1.1\r\nHost: test\r\nx-fs-key: {_anna.Uuid}\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n");
            // It says so when it wants the body, which never comes.
            (await upload.ReadStatusAsync()).ShouldBe(100);
        }

        using var refused = await _anna.GetAsync("notes.txt");
        using var proven = await _anna.SendAsync(HttpMethod.Get, $"/fs/{_anna.Uuid}/notes.txt", _anna.Key);
        using var other = await _ben.GetAsync("notes.txt");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        proven.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        uploads.ForEach(upload => upload.Dispose());
    }

    [Fact]
    public async Task Head_TellsTheLengthWithoutTheBytes()
    {
        using var created = await _anna.PostAsync("digits", ("x", "0123456789"));
        using var response = await _ben.SendAsync(HttpMethod.Head, $"/fs/{_anna.Uuid}/digits", _ben.Key);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(10);
    }

    [Fact]
    public async Task Upload_OfSeveral_TakesTheirOwnNames()
    {
        using var created = await _anna.PostAsync("", ("one", "1"), ("two", "22"));
        using var one = await _ben.GetAsync("one", _anna.Uuid);
        using var two = await _ben.GetAsync("two", _anna.Uuid);

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await one.Content.ReadAsStringAsync()).ShouldBe("1");
        (await two.Content.ReadAsStringAsync()).ShouldBe("22");
    }

    [Fact]
    public async Task Upload_OfTheSameNameAgain_ReplacesTheFile()
    {
        using var first = await _anna.PostAsync("a", ("x", "old and longer"));
        using var second = await _anna.PostAsync("a", ("x", "new"));
        using var read = await _anna.GetAsync("a");

        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await read.Content.ReadAsStringAsync()).ShouldBe("new");
    }

    [Fact]
    public async Task Upload_WithFieldsBesideTheFile_IgnoresThem()
    {
        using var form = FileClient.Form(("x", "content"));
        form.Add(new StringContent("a value"), "comment");

        using var created = await _anna.SendAsync(HttpMethod.Post, $"/fs/{_anna.Uuid}/a", _anna.Key, form);

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Delete_ByItsOwner_RemovesTheFileAndTheFoldersItLeavesEmpty()
    {
        using var created = await _anna.PostAsync("a/b/c", ("x", "1"));
        using var deleted = await _anna.DeleteAsync("a/b/c");
        using var gone = await _anna.GetAsync("a/b/c");
        using var asFile = await _anna.PostAsync("a", ("x", "1"));

        deleted.StatusCode.ShouldBe(HttpStatusCode.OK);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        asFile.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.PreconditionRequired)]
    [InlineData("", HttpStatusCode.PreconditionRequired)]
    [InlineData("not-a-key", HttpStatusCode.ExpectationFailed)]
    [InlineData("3b241101-e2bb-4255-8caf-4136c566a962-0", HttpStatusCode.ExpectationFailed)]
    [InlineData("3b241101-e2bb-4255-8caf-4136c566a962", HttpStatusCode.Unauthorized)]
    public async Task Key_ThatIsNoConnectedClients_IsRefused(string? key, HttpStatusCode expected)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete })
        {
            using var response = await _anna.SendAsync(method, $"/fs/{_anna.Uuid}/a", key);

            response.StatusCode.ShouldBe(expected);
            (await response.Content.ReadAsStringAsync()).ShouldContain("x-fs-key");
        }
    }

    [Fact]
    public async Task Key_OfTheRightFormWithAnotherSecret_IsRefused()
    {
        var forged = Concierge.Actors.Directory.FileKey.Create(_anna.Uuid).Reveal();

        using var response = await _anna.SendAsync(HttpMethod.Get, $"/fs/{_anna.Uuid}/a", forged);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task AnothersFolder_IsNotForWriting()
    {
        using var created = await _anna.PostAsync("a", ("x", "1"));
        using var posted = await _ben.SendAsync(HttpMethod.Post, $"/fs/{_anna.Uuid}/a", _ben.Key, FileClient.Form(("x", "2")));
        using var several = await _ben.SendAsync(HttpMethod.Post, $"/fs/{_anna.Uuid}/", _ben.Key, FileClient.Form(("a", "2")));
        using var deleted = await _ben.DeleteAsync("a", _anna.Uuid);
        using var read = await _ben.GetAsync("a", _anna.Uuid);

        posted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        several.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        deleted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await read.Content.ReadAsStringAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task Strict_WritingTakesTheFileKeyAndReadingTheUuid()
    {
        await using var server = await FileServer.StartAsync(strict: true);
        var client = server.Join();

        using var byUuid = await client.PostAsync("a", ("x", "1"));
        using var byKey = await client.SendAsync(HttpMethod.Post, $"/fs/{client.Uuid}/a", client.Key, FileClient.Form(("x", "1")));
        using var read = await client.GetAsync("a");
        using var deletedByUuid = await client.DeleteAsync("a");

        byUuid.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        byKey.StatusCode.ShouldBe(HttpStatusCode.Created);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        deletedByUuid.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Single_WithTwoFiles_IsRefusedAndLeavesNothing()
    {
        using var response = await _anna.PostAsync("a", ("one", "1"), ("two", "2"));

        response.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        _server.OnDisk().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("")]
    [InlineData("folder")]
    [InlineData("folder/file/below")]
    public async Task Read_OfWhatIsNoFile_IsNotFound(string path)
    {
        using var created = await _anna.PostAsync("folder/file", ("x", "1"));
        using var read = await _ben.GetAsync(path, _anna.Uuid);
        using var deleted = await _anna.DeleteAsync(path);

        read.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/mixed; boundary=x")]
    public async Task Body_ThatIsNoMultipartForm_IsRefused(string type)
    {
        using var content = new StringContent("--x--");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await _anna.SendAsync(HttpMethod.Post, $"/fs/{_anna.Uuid}/a", _anna.Key, content);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Body_WithoutAFile_IsRefused()
    {
        using var form = new MultipartFormDataContent { { new StringContent("v"), "field" } };

        using var response = await _anna.SendAsync(HttpMethod.Post, $"/fs/{_anna.Uuid}/a", _anna.Key, form);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task File_WhereAFolderIsNeeded_IsAConflict()
    {
        using var created = await _anna.PostAsync("a", ("x", "1"));
        using var below = await _anna.PostAsync("a/b", ("x", "1"));

        below.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Folder_WhereAFileIsToBe_IsAConflict()
    {
        using var created = await _anna.PostAsync("a/b", ("x", "1"));
        using var above = await _anna.PostAsync("a", ("x", "1"));

        above.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Several_ThatConflictWithEachOther_LeaveNothing()
    {
        using var response = await _anna.PostAsync("", ("a/b", "1"), ("c", "1"), ("a", "1"));

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        _server.OnDisk().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1000, HttpStatusCode.Created)]
    [InlineData(1001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task File_IsBoundedInSize(int size, HttpStatusCode expected)
    {
        using var response = await _anna.PostAsync("a", ("x", new string('x', size)));

        response.StatusCode.ShouldBe(expected);
        _server.OnDisk().Count().ShouldBe(expected == HttpStatusCode.Created ? 1 : 0);
    }

    [Fact]
    public async Task File_FarOverTheLimit_IsRefusedBeforeItIsSent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/fs/{_anna.Uuid}/a") { Content = FileClient.Form(("x", new string('x', 100_000))) };
        request.Headers.Add("x-fs-key", _anna.Key);
        request.Headers.ExpectContinue = true;

        using var response = await _server.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/etc/escape")]
    [InlineData("a\\escape")]
    [InlineData("..")]
    public async Task Several_WithANameThatLeadsOut_AreRefused(string name)
    {
        using var form = new MultipartFormDataContent { { new StringContent("1"), "file", "fine" } };
        using var evil = new StringContent("2");
        evil.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name}\"");
        form.Add(evil);

        using var response = await _anna.SendAsync(HttpMethod.Post, $"/fs/{_anna.Uuid}/", _anna.Key, form);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _server.OnDisk().ShouldBeEmpty();
    }

    [Fact]
    public async Task Method_ThatIsUnknown_IsRefused()
    {
        using var response = await _anna.SendAsync(HttpMethod.Put, $"/fs/{_anna.Uuid}/a", _anna.Key);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Preflight_AllowsTheKeyHeader()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, $"/fs/{_anna.Uuid}/a");
        request.Headers.Add("Origin", "https://elsewhere.example");
        request.Headers.Add("Access-Control-Request-Method", "DELETE");
        request.Headers.Add("Access-Control-Request-Headers", "x-fs-key");

        using var response = await _server.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("DELETE");
        response.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("x-fs-key");
    }

    [Fact]
    public async Task Answers_CanBeReadByPagesFromElsewhere_ErrorsToo()
    {
        using var created = await _anna.PostAsync("a", ("x", "1"));
        using var read = await _anna.GetAsync("a");
        using var refused = await _anna.SendAsync(HttpMethod.Get, $"/fs/{_anna.Uuid}/a", key: null);

        foreach (var response in new[] { created, read, refused })
            response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        read.Headers.GetValues("Access-Control-Expose-Headers").Single().ShouldContain("Content-Disposition");
    }
}
