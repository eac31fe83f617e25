using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Files;

/// <summary>Files that clients leave for each other (protocol, section "Files").</summary>
public class FileTests(SharedNode shared) : SharedNodeTests(shared)
{
    [Fact]
    public async Task FileOfOneClient_IsReadByAnother_AndGoneOnceItsOwnerHasLeft()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync(presence: true);
        byte[] content = RandomNumberGenerator.GetBytes(3_000_000);
        (await UploadAsync(owner, "photo.jpg", [("whatever.bin", content)])).ShouldBe(HttpStatusCode.Created);

        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, owner, "photo.jpg", reader.Uuid);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentLength.ShouldBe(content.Length);
        (await response.Content.ReadAsByteArrayAsync()).SequenceEqual(content).ShouldBeTrue("the bytes have to be the same");
        await owner.LeaveAsync();
        await reader.ExpectAsync($$"""{"type":"CLIENT_LEFT","client":{{owner.Info}}}""");
        (await StatusAsync(HttpMethod.Get, owner, "photo.jpg", reader.Uuid)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(HttpMethod.Get, owner, "photo.jpg", owner.Uuid)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SeveralFiles_GoByTheirOwnNames()
    {
        WireClient owner = await Node.JoinAsync();

        (await UploadAsync(owner, "", [("a.txt", "first"u8.ToArray()), ("b.txt", "second"u8.ToArray())])).ShouldBe(HttpStatusCode.Created);

        (await ReadAsync(owner, "a.txt")).ShouldBe("first");
        (await ReadAsync(owner, "b.txt")).ShouldBe("second");
    }

    [Fact]
    public async Task FileInASubFolder_UnderANameWithSpacesAndLetters_IsFoundThere()
    {
        WireClient owner = await Node.JoinAsync();
        const string Path = "fotos/2024/Größe%20%231.txt";

        (await UploadAsync(owner, Path, [("x", "content"u8.ToArray())])).ShouldBe(HttpStatusCode.Created);

        (await ReadAsync(owner, Path)).ShouldBe("content");
        (await StatusAsync(HttpMethod.Get, owner, "2024/Größe%20%231.txt", owner.Uuid)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task FileThatIsSentAgain_IsReplaced()
    {
        WireClient owner = await Node.JoinAsync();
        await UploadAsync(owner, "note", [("x", "a longer first version"u8.ToArray())]);

        (await UploadAsync(owner, "note", [("x", "second"u8.ToArray())])).ShouldBe(HttpStatusCode.Created);

        (await ReadAsync(owner, "note")).ShouldBe("second");
    }

    [Fact]
    public async Task Delete_RemovesTheFile()
    {
        WireClient owner = await Node.JoinAsync();
        await UploadAsync(owner, "note", [("x", "content"u8.ToArray())]);

        (await StatusAsync(HttpMethod.Delete, owner, "note", owner.FileKey)).ShouldBe(HttpStatusCode.OK);

        (await StatusAsync(HttpMethod.Get, owner, "note", owner.Uuid)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(HttpMethod.Delete, owner, "note", owner.Uuid)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Ranges_Work()
    {
        WireClient owner = await Node.JoinAsync();
        await UploadAsync(owner, "digits", [("x", "0123456789"u8.ToArray())]);
        using HttpRequestMessage request = Request(HttpMethod.Get, owner, "digits", owner.Uuid);
        request.Headers.Range = new RangeHeaderValue(3, 5);

        using HttpResponseMessage response = await Node.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await response.Content.ReadAsStringAsync()).ShouldBe("345");
        response.Content.Headers.ContentRange!.ToString().ShouldBe("bytes 3-5/10");
    }

    [Fact]
    public async Task AnothersFolder_CanBeReadButNotWritten()
    {
        WireClient owner = await Node.JoinAsync(), other = await Node.JoinAsync();
        await UploadAsync(owner, "note", [("x", "mine"u8.ToArray())]);

        (await UploadAsync(owner, "note", [("x", "yours"u8.ToArray())], other.FileKey)).ShouldBe(HttpStatusCode.Forbidden);
        (await UploadAsync(owner, "", [("note", "yours"u8.ToArray())], other.Uuid)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(HttpMethod.Delete, owner, "note", other.FileKey)).ShouldBe(HttpStatusCode.Forbidden);

        (await ReadAsync(owner, "note", other)).ShouldBe("mine");
    }

    [Theory]
    [InlineData(null, 428)]
    [InlineData("neither uuid nor key", 417)]
    [InlineData("00000000-0000-4000-8000-000000000000", 401)]
    public async Task KeyThatWillNotDo_IsRefused_WhateverIsAsked(string? key, int status)
    {
        WireClient owner = await Node.JoinAsync();
        await UploadAsync(owner, "note", [("x", "content"u8.ToArray())]);

        ((int)await StatusAsync(HttpMethod.Get, owner, "note", key)).ShouldBe(status);
        ((int)await StatusAsync(HttpMethod.Delete, owner, "note", key)).ShouldBe(status);
        using HttpRequestMessage upload = Request(HttpMethod.Post, owner, "note", key);
        upload.Content = Form([("x", "other"u8.ToArray())]);
        using HttpResponseMessage response = await Node.Http.SendAsync(upload);
        ((int)response.StatusCode).ShouldBe(status);
        (await ReadAsync(owner, "note")).ShouldBe("content");
    }

    [Fact]
    public async Task RequestThatDoesNotFit_IsRefused()
    {
        WireClient owner = await Node.JoinAsync();
        (string, byte[]) file = ("x", "content"u8.ToArray());
        await UploadAsync(owner, "note", [file]);

        (await UploadAsync(owner, "two", [file, file])).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await StatusAsync(HttpMethod.Get, owner, "nothing", owner.Uuid)).ShouldBe(HttpStatusCode.NotFound);
        (await UploadAsync(owner, "note/below", [file])).ShouldBe(HttpStatusCode.Conflict);
        using HttpRequestMessage noForm = Request(HttpMethod.Post, owner, "text", owner.Uuid);
        noForm.Content = new StringContent("no form");
        using HttpResponseMessage response = await Node.Http.SendAsync(noForm);
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task PagesFromElsewhere_MayAsk()
    {
        WireClient owner = await Node.JoinAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, new Uri($"fs/{owner.Uuid}/note", UriKind.Relative));
        preflight.Headers.Add("Origin", "https://elsewhere.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "x-fs-key");

        using HttpResponseMessage response = await Node.Http.SendAsync(preflight);

        response.IsSuccessStatusCode.ShouldBeTrue();
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldHaveSingleItem().ShouldBeOneOf("*", "https://elsewhere.example");
        string.Join(',', response.Headers.GetValues("Access-Control-Allow-Methods")).ShouldContain("POST");
        string.Join(',', response.Headers.GetValues("Access-Control-Allow-Headers")).ShouldContain("x-fs-key", Case.Insensitive);
        using HttpResponseMessage refused = await SendAsync(HttpMethod.Get, owner, "nothing", owner.Uuid);
        refused.Headers.GetValues("Access-Control-Allow-Origin").ShouldHaveSingleItem();
    }

    private async Task<HttpStatusCode> UploadAsync(WireClient folder, string path, (string Name, byte[] Content)[] files, string? key = null)
    {
        using HttpRequestMessage request = Request(HttpMethod.Post, folder, path, key ?? folder.FileKey);
        request.Content = Form(files);
        using HttpResponseMessage response = await Node.Http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<string> ReadAsync(WireClient owner, string path, WireClient? reader = null)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, owner, path, (reader ?? owner).Uuid);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, WireClient folder, string path, string? key)
    {
        using HttpResponseMessage response = await SendAsync(method, folder, path, key);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, WireClient folder, string path, string? key)
    {
        using HttpRequestMessage request = Request(method, folder, path, key);
        return await Node.Http.SendAsync(request);
    }

    private static HttpRequestMessage Request(HttpMethod method, WireClient folder, string path, string? key)
    {
        var request = new HttpRequestMessage(method, new Uri($"fs/{folder.Uuid}/{path}", UriKind.Relative));
        if (key is not null) request.Headers.Add("x-fs-key", key);
        return request;
    }

    private static MultipartFormDataContent Form((string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach ((string name, byte[] content) in files) form.Add(new ByteArrayContent(content), "file", name);
        return form;
    }
}
