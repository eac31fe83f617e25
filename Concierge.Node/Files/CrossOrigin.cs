namespace Concierge.Node.Files;

/// <summary>
/// Lets pages from anywhere use the file routes (Fetch standard, section 3.3, "CORS protocol"). They carry their
/// permission in a header of their own, never in a cookie, so that a foreign page gains nothing that its user didn't give it.
/// </summary>
internal static class CrossOrigin
{
    /// <summary>Lets the page read the answer, errors too.</summary>
    public static void Allow(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag";
    }

    /// <summary>Answers the question that a browser asks before the request itself.</summary>
    public static void AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.Allow = "GET, HEAD, POST, DELETE, OPTIONS";
        response.Headers.AccessControlAllowMethods = "GET, HEAD, POST, DELETE";
        response.Headers.AccessControlAllowHeaders = "x-fs-key, content-type, range, if-range, if-none-match";
        response.Headers.AccessControlMaxAge = "86400";
    }
}
