namespace Concierge.Client;

/// <summary>What goes wrong between a client and the concierge; see the derived classes for what exactly.</summary>
public class ConciergeException : Exception
{
    /// <inheritdoc/>
    public ConciergeException()
    {
    }

    /// <inheritdoc/>
    public ConciergeException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ConciergeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
