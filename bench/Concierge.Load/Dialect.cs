namespace Concierge.Load;

/// <summary>How a client talks to a server.</summary>
internal abstract class Dialect
{
    /// <summary>How the text of a delivered message begins, and that of no other.</summary>
    public abstract byte[] DeliveryStart { get; }

    /// <summary>What follows the data in it.</summary>
    public abstract byte[] DeliveryEnd { get; }

    /// <summary>What is said first on a connection.</summary>
    public abstract Task GreetAsync(ClientSocket client, string name);

    /// <summary>Makes ready what <paramref name="publisher"/> will send to.</summary>
    public virtual Task AnnounceAsync(ClientSocket publisher, Address to) => Task.CompletedTask;

    /// <summary>Has what is sent there delivered to a client.</summary>
    public abstract Task ListenAsync(ClientSocket client, Address to);

    /// <summary>The text of a message, with the data as it is.</summary>
    public abstract byte[] Message(Address to, byte[] data);
}

/// <summary>Where messages are sent.</summary>
/// <param name="Name">A topic's name, or a client's.</param>
/// <param name="IsClient">Whether it is a client's.</param>
internal readonly record struct Address(string Name, bool IsClient);
