using System.IO.Pipelines;
using System.Net;
using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Concierge.Actors;
using Concierge.Actors.Operators;
using Concierge.Node.Configuration;
using Concierge.Node.Connections;
using Concierge.Node.Http;

namespace Concierge.Node.Admin;

/// <summary>
/// The operator's commands over HTTP: <c>POST /admin</c> with a command as the body, and, where one is configured, the
/// secret as a bearer token. Without a secret only programs on this machine are let in: no browser, whose pages come from
/// anywhere, and nobody for whom a proxy on this machine asks. With one, the node's own console is, too: its operator types the secret
/// in, and the page sends it along with each command. No browser adds it by itself to what another page asks for, and as no
/// answer here has CORS headers, no other page may send it.
/// </summary>
internal sealed partial class AdminEndpoint(NodeSettings settings, IReadOnlyActorRegistry actors, TimeProvider time, ILogger<AdminEndpoint> logger)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/admin";

    private const int LongestCommand = 64 * 1024;

    private const string Scheme = "Bearer ";

    private const string WrongSecret = "The secret is missing or wrong; it is the node's concierge.admin.secret.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly AdminSecret? _secret = settings.AdminSecret is { } secret ? new AdminSecret(secret, time) : null;

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "POST";
            await PlainText.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Commands are posted; 'Concierge.Node admin' does so.");
            return;
        }

        var by = $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}";
        if (Refusal(context) is var (status, reason))
        {
            // Those who guess shall not fill the log.
            if (status == StatusCodes.Status429TooManyRequests) context.Response.Headers.RetryAfter = "1";
            else LogRefused(by, reason);
            if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = Scheme.TrimEnd();
            await PlainText.WriteAsync(context, status, reason);
            return;
        }

        if (await ReadAsync(context.Request.BodyReader, context.RequestAborted) is not { } command)
        {
            await PlainText.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, $"A command is UTF-8 text of at most {LongestCommand} bytes.");
            return;
        }

        var reply = await actors.Get<ConciergeActor>().Ask<OperatorActor.Reply>(new OperatorActor.Command(command, by), Patience, context.RequestAborted);
        await PlainText.WriteAsync(context, reply.IsDone ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, reply.Text);
    }

    private (int Status, string Reason)? Refusal(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.ContainsKey("Origin"))
        {
            if (_secret is null) return (StatusCodes.Status403Forbidden, "Without a secret this is not for browsers; set concierge.admin.secret on the node.");
            if (!IsOwnPage(headers)) return (StatusCodes.Status403Forbidden, "This is not for pages from elsewhere; the node's own console may steer it.");
        }

        if (_secret is not null)
        {
            var given = headers.Authorization.ToString();
            if (!given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return (StatusCodes.Status401Unauthorized, WrongSecret);
            return _secret.Judge(given[Scheme.Length..].Trim(), context.Connection.RemoteIpAddress) switch
            {
                AdminSecret.Verdict.Right => null,
                AdminSecret.Verdict.Wrong => (StatusCodes.Status401Unauthorized, WrongSecret),
                _ => (StatusCodes.Status429TooManyRequests, "There were too many wrong secrets; try again in a second."),
            };
        }

        var isHere = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        return isHere && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Forwarded-For")
            ? null
            : (StatusCodes.Status403Forbidden, "Without a secret only this machine is let in; set concierge.admin.secret on the node.");
    }

    private static bool IsOwnPage(IHeaderDictionary headers) =>
        headers.Origin is [{ } origin] && headers.Host is [{ } host] && PageOrigins.IsOwn(origin, host);

    private static async Task<string?> ReadAsync(PipeReader body, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            var isTooLong = read.Buffer.Length > LongestCommand;
            if (isTooLong || read.IsCompleted)
            {
                var text = isTooLong ? null : Encoding.UTF8.GetString(read.Buffer);
                body.AdvanceTo(read.Buffer.End);
                return text;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Operator ({by}) was not let in: {reason}")]
    private partial void LogRefused(string by, string reason);
}
