using Concierge.Protocol;

namespace Concierge.Robot.Commands;

/// <summary>
/// Who drives. The first command takes control; it lapses when no further one comes for a while. For one thread.
/// </summary>
internal sealed class Control(TimeSpan lapse, TimeProvider time)
{
    private long _commandedAt;

    /// <summary>Who has control; null for nobody.</summary>
    public ClientInfo? Driver { get; private set; }

    /// <summary>How long it lasts from now on without a command.</summary>
    public TimeSpan Left => Driver is null ? TimeSpan.Zero : lapse - time.GetElapsedTime(_commandedAt);

    /// <summary>A client wants to command.</summary>
    /// <returns>Whether it may: it has control then.</returns>
    public bool TryTake(ClientInfo client)
    {
        if (Driver is not null && Driver.Uuid != client.Uuid && Left > TimeSpan.Zero) return false;
        Driver = client;
        _commandedAt = time.GetTimestamp();
        return true;
    }

    /// <summary>Takes control from a client that has left, if it has it; null for whoever has it.</summary>
    /// <returns>Whether somebody had.</returns>
    public bool Release(Guid? client = null)
    {
        if (Driver is null || (client is { } uuid && Driver.Uuid != uuid)) return false;
        Driver = null;
        return true;
    }
}
