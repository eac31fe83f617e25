using System.Net;

namespace Concierge.Client;

/// <summary>The concierge refused to take, give or delete a file.</summary>
public sealed class FileTransferException : ConciergeException
{
    internal FileTransferException(string name, HttpStatusCode status)
        : base($"The concierge refused '{name}': {Explain(status)}") => Status = status;

    /// <summary>The concierge's answer (protocol, section "Files").</summary>
    public HttpStatusCode Status { get; }

    private static string Explain(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => "it does not know this client at the moment. If the connection was lost, try again after the reconnect.",
        HttpStatusCode.Forbidden => "a client writes to its own folder alone. If the connection was lost, try again after the reconnect.",
        HttpStatusCode.NotFound => "there is no such file. A client's files are deleted when it leaves or reconnects.",
        HttpStatusCode.Conflict => "a part of the name that would have to be a folder is a file. Choose another name.",
        HttpStatusCode.RequestEntityTooLarge => "it is over the size limit. Send less, or have concierge.files.max-size raised.",
        HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => "it keeps no files (concierge.files.enabled).",
        _ => $"HTTP {(int)status} ({status}).",
    };
}
