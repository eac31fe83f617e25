using Concierge.Actors.Directory;

namespace Concierge.Node.Files;

/// <summary>The client that a request comes from.</summary>
/// <param name="Client">Its uuid.</param>
/// <param name="IsProven">Whether it showed its file key, which it alone knows, rather than its uuid, which everybody does.</param>
internal readonly record struct Caller(Guid Client, bool IsProven)
{
    private const string KeyHeader = "x-fs-key";

    /// <summary>Reads the header that carries the key.</summary>
    /// <exception cref="RefusedException">It is missing (428), of no form (417), or nobody's (401).</exception>
    public static Caller Identify(HttpRequest request, IClientKeys keys)
    {
        var header = request.Headers[KeyHeader];
        if (header.Count == 0 || header is [""] or [null])
            throw new RefusedException(
                StatusCodes.Status428PreconditionRequired, $"The header {KeyHeader} is missing: send the uuid or the file_key from HELLO.");
        if (header is not [{ } key] || !TryParse(key, out var caller))
            throw new RefusedException(StatusCodes.Status417ExpectationFailed, $"The header {KeyHeader} is neither a uuid nor a file_key.");
        if (caller.IsProven ? keys.IsKeyOf(caller.Client, key) : keys.IsConnected(caller.Client)) return caller;
        throw new RefusedException(StatusCodes.Status401Unauthorized, $"The header {KeyHeader} is the key of no client that is connected.");
    }

    private static bool TryParse(string key, out Caller caller)
    {
        if (Guid.TryParseExact(key, "D", out var uuid))
        {
            caller = new Caller(uuid, IsProven: false);
            return true;
        }

        var isKey = FileKey.TryReadOwner(key, out var owner);
        caller = new Caller(owner, IsProven: true);
        return isKey;
    }
}
