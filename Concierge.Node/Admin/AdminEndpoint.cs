using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Concierge.Actors;
using Concierge.Actors.Operators;
using Concierge.Node.Configuration;
using Concierge.Node.Http;

namespace Concierge.Node.Admin;

/// <summary>
/// The operator's commands over HTTP: <c>POST /admin</c> with a command as the body, and, where one is configured, the
/// secret as a bearer token. Without a secret only programs on this machine are let in: no browser, whose pages come from
/// anywhere, and nobody for whom a proxy on this machine asks.
/// </summary>
internal sealed partial class AdminEndpoint(NodeSettings settings, IReadOnlyActorRegistry actors, ILogger<AdminEndpoint> logger)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/admin";

    private const int LongestCommand = 64 * 1024;

    private const string Scheme = "Bearer ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

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
            LogRefused(by, reason);
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
        if (headers.ContainsKey("Origin")) return (StatusCodes.Status403Forbidden, "This is not for browsers.");
        if (settings.AdminSecret is { } secret)
        {
            var given = headers.Authorization.ToString();
            return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsSecret(given[Scheme.Length..].Trim(), secret)
                ? null
                : (StatusCodes.Status401Unauthorized, "The secret is missing or wrong; it is the node's concierge.admin.secret.");
        }

        var isHere = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        return isHere && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Forwarded-For")
            ? null
            : (StatusCodes.Status403Forbidden, "Without a secret only this machine is let in; set concierge.admin.secret on the node.");
    }

    private static bool IsSecret(string given, string secret) =>
        // Hashed first: the comparison then tells nothing of the secret's length either.
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));

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
