namespace Concierge.Actors.Files;

/// <summary>Why something about a file is not done.</summary>
public enum FileRefusal : byte
{
    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>The path is none that a file can have.</summary>
    BadPath,

    /// <summary>Writing takes the file key.</summary>
    Forbidden,

    /// <summary>The client has left.</summary>
    ClientLeft,

    /// <summary>A file is where a folder is needed, or the reverse.</summary>
    Conflict,

    /// <summary>A file is over the size limit, or there are too many.</summary>
    TooLarge,

    /// <summary>The disk is full or fails.</summary>
    NoSpace,

    /// <summary>The node that has the files doesn't answer, or has too much to do; it may work later.</summary>
    Unavailable,
}

/// <summary>Something about a file is not done.</summary>
/// <param name="why">The reason, for programs.</param>
/// <param name="message">One line for a person: what is wrong and what to do.</param>
/// <param name="cause">What it comes from, where that is a fault of ours.</param>
public sealed class FileRefusedException(FileRefusal why, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The reason, for programs.</summary>
    public FileRefusal Why { get; } = why;
}
