namespace Concierge.EndToEnd.Tests.Wire;

/// <summary>A close frame came where a text frame was expected.</summary>
public sealed class ConnectionClosedException(int code) : EndOfStreamException($"The connection was closed with {code}, and a text frame was expected.")
{
    public int Code => code;
}
