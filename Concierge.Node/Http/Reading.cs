using System.Text;

namespace Concierge.Node.Http;

/// <summary>For what can only be read.</summary>
internal static class Reading
{
    /// <summary>Whether a request asks to read; else it has been answered.</summary>
    public static async ValueTask<bool> IsWhatIsAskedAsync(HttpContext context)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) return true;
        context.Response.Headers.Allow = "GET, HEAD";
        await PlainText.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Only GET and HEAD are known here.");
        return false;
    }

    /// <summary>Answers with something that is true at the moment.</summary>
    public static async Task RespondAsync(HttpContext context, int status, string contentType, Func<string> content)
    {
        if (await IsWhatIsAskedAsync(context)) await RespondAsync(context, status, contentType, Encoding.UTF8.GetBytes(content()));
    }

    /// <summary>Answers who asks to read with something that is true at the moment.</summary>
    public static async Task RespondAsync(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> content)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = content.Length;
        if (HttpMethods.IsGet(context.Request.Method)) await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
