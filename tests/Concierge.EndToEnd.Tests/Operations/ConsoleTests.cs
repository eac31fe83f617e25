using System.Net;
using System.Text.RegularExpressions;
using Concierge.EndToEnd.Tests.Programs;

namespace Concierge.EndToEnd.Tests.Operations;

/// <summary>The console for browsers as it was built, and as it ships.</summary>
public sealed partial class ConsoleTests(SharedNode shared) : SharedNodeTests(shared)
{
    private const int LargestInAll = 150 * 1024;

    [ConsoleFact]
    public async Task Page_ComesWithAllThatItNames_CompressedAndSmall()
    {
        using HttpResponseMessage page = await GetAsync("/");
        string html = await page.Content.ReadAsStringAsync();
        string[] files = [.. Reference().Matches(html).Select(match => match.Groups[1].Value)];
        int size = html.Length;

        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("default-src 'none'");
        files.ShouldContain(file => file.EndsWith(".js", StringComparison.Ordinal));
        foreach (string file in files)
        {
            using HttpResponseMessage response = await GetAsync(file);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            response.Headers.CacheControl!.ToString().ShouldContain(file.StartsWith("/assets/", StringComparison.Ordinal) ? "immutable" : "no-cache");
            size += (await response.Content.ReadAsByteArrayAsync()).Length;
        }

        size.ShouldBeLessThan(LargestInAll);
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("Accept", path == "/" ? "text/html" : "*/*");
        if (path != "/") request.Headers.Add("Accept-Encoding", "br");
        return await Node.Http.SendAsync(request);
    }

    [GeneratedRegex("(?:src|href)=\"(/[^\"]+)\"")]
    private static partial Regex Reference();

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ConsoleFactAttribute : FactAttribute
    {
        public ConsoleFactAttribute()
        {
            string page = Path.Combine(Path.GetDirectoryName(RunningProgram.Built("Concierge.Node")[1])!, "console", "index.html");
            if (!File.Exists(page)) Skip = "needs a build with the console, which takes Node.js 20.19 or newer";
        }
    }
}
