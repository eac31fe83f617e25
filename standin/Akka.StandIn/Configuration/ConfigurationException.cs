using Akka.Actor;

namespace Akka.Configuration;

/// <summary>Thrown for a configuration that is present and can't be used.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message) : base(message)
    {
    }

    public ConfigurationException(string message, Exception exception) : base(message, exception)
    {
    }
}
