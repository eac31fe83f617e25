namespace Concierge.Node.Http;

/// <summary>Answers of one line, for people and simple programs.</summary>
internal static class PlainText
{
    /// <summary>Their content type.</summary>
    public const string ContentType = "text/plain; charset=utf-8";

    /// <summary>Writes the line as the whole response.</summary>
    public static Task WriteAsync(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(line + "\n", context.RequestAborted);
    }
}
