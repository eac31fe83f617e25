namespace Concierge.Hosting.Configuration;

/// <summary>A configuration that can't work. The message is one line for a person: what is wrong, where, and what was expected.</summary>
public sealed class InvalidConfigurationException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">One line for a person; holds no secret.</param>
    /// <param name="innerException">What it comes from, if anything.</param>
    public InvalidConfigurationException(string message, Exception? innerException = null)
        : base(OneLine(message), innerException)
    {
    }

    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
