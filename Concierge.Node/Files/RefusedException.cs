namespace Concierge.Node.Files;

/// <summary>A request that is not served, whatever is in the store.</summary>
/// <param name="status">The HTTP status that says so.</param>
/// <param name="message">One line for a person: what is wrong and what to do.</param>
internal sealed class RefusedException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status that says so.</summary>
    public int Status { get; } = status;
}
