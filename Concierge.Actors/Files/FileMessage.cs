using Akka.Event;
using Concierge.Actors.Nodes;

namespace Concierge.Actors.Files;

/// <summary>
/// What two nodes say to each other about files. One asks, the other, which has the files, answers every request with
/// one message, but for <see cref="Close"/>.
/// </summary>
internal abstract record FileMessage : INodeMessage, IDeadLetterSuppression
{
    /// <summary>So many bytes go into one message: little enough for a message of a client not to wait long behind it.</summary>
    public const int ChunkSize = 64 * 1024;

    private FileMessage()
    {
    }

    /// <summary>Asks for something.</summary>
    /// <param name="Transfer">Which transfer it belongs to; chosen at random by who asks, and told to nobody else.</param>
    public abstract record Request(Guid Transfer) : FileMessage;

    /// <summary>Opens a file for reading; answered with <see cref="Opened"/>.</summary>
    public sealed record Open(Guid Transfer, Guid Client, string Path) : Request(Transfer);

    /// <summary>Asks for what is at an offset; answered with a <see cref="Chunk"/>, which is empty at the end alone.</summary>
    public sealed record Read(Guid Transfer, long Offset) : Request(Transfer);

    /// <summary>Begins an upload; answered with <see cref="Begun"/>.</summary>
    public sealed record Begin(Guid Transfer, Guid Client, bool IsProven) : Request(Transfer);

    /// <summary>Begins the upload's next file.</summary>
    public sealed record Add(Guid Transfer, string Path) : Request(Transfer);

    /// <summary>Appends to it; nothing else is sent until it is answered.</summary>
    public sealed record Append(Guid Transfer, byte[] Bytes) : Request(Transfer);

    /// <summary>Puts the upload's files in place.</summary>
    public sealed record Commit(Guid Transfer) : Request(Transfer);

    /// <summary>Deletes a file.</summary>
    public sealed record Delete(Guid Transfer, Guid Client, bool IsProven, string Path) : Request(Transfer);

    /// <summary>The transfer goes on, slowly; refused where it can't.</summary>
    public sealed record KeepAlive(Guid Transfer) : Request(Transfer);

    /// <summary>The transfer is over; what was not committed is dropped. Not answered.</summary>
    public sealed record Close(Guid Transfer) : Request(Transfer);

    /// <summary>The file is open.</summary>
    public sealed record Opened(long Length, DateTimeOffset Written) : FileMessage;

    /// <summary>A part of it.</summary>
    public sealed record Chunk(byte[] Bytes) : FileMessage;

    /// <summary>The upload may come.</summary>
    public sealed record Begun(long MaxSize) : FileMessage;

    /// <summary>What was asked for is done.</summary>
    public sealed record Done : FileMessage
    {
        /// <summary>The only one.</summary>
        public static Done Instance { get; } = new();
    }

    /// <summary>It is not done.</summary>
    public sealed record Refused(FileRefusal Why, string Text) : FileMessage;
}
