using System.Net;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Files;

/// <summary>A node that is strict about files: small ones, and written by those who prove who they are.</summary>
public sealed class FileLimitTests(StrictNode fixture) : IClassFixture<StrictNode>
{
    [Fact]
    public async Task Writing_TakesTheFileKey_ReadingDoesNot()
    {
        WireClient owner = await fixture.Node.JoinAsync();

        (await UploadAsync(owner, owner.Uuid, 10)).ShouldBe(HttpStatusCode.Forbidden);
        (await UploadAsync(owner, owner.FileKey, 10)).ShouldBe(HttpStatusCode.Created);

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"fs/{owner.Uuid}/file", UriKind.Relative));
        request.Headers.Add("x-fs-key", owner.Uuid);
        using HttpResponseMessage response = await fixture.Node.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task FileOverTheLimit_IsRefused_AndOneAtTheLimitIsNot()
    {
        WireClient owner = await fixture.Node.JoinAsync();

        (await UploadAsync(owner, owner.FileKey, 1001)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await UploadAsync(owner, owner.FileKey, 1000)).ShouldBe(HttpStatusCode.Created);
    }

    private async Task<HttpStatusCode> UploadAsync(WireClient owner, string key, int size)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"fs/{owner.Uuid}/file", UriKind.Relative));
        request.Headers.Add("x-fs-key", key);
        request.Content = new MultipartFormDataContent { { new ByteArrayContent(new byte[size]), "file", "file" } };
        using HttpResponseMessage response = await fixture.Node.Http.SendAsync(request);
        return response.StatusCode;
    }
}

public sealed class StrictNode() : NodeFixture("files.strict=on", "files.max-size=1000B");
