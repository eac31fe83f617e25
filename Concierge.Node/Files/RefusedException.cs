namespace Concierge.Node.Files;

/// <summary>A request that is not served.</summary>
/// <param name="status">The HTTP status that says so.</param>
/// <param name="message">One line for a person: what is wrong and what to do.</param>
/// <param name="cause">What it comes from, where that is a fault of ours.</param>
internal sealed class RefusedException(int status, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The HTTP status that says so.</summary>
    public int Status { get; } = status;
}
