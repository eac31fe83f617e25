namespace Concierge.Robot.Commands;

/// <summary>
/// Bounds how many commands wait for the robot, whoever sends how many: an actor's mailbox has no bounds of its own.
/// Thread-safe.
/// </summary>
internal sealed class Intake
{
    private const int Most = 128, MostWithUrgent = 2 * Most;

    private int _waiting;

    /// <summary>A command came in.</summary>
    /// <param name="isUrgent">Whether there is room for it where there is none for others any more.</param>
    /// <returns>Whether it may wait; where not, it is dropped.</returns>
    public bool TryEnter(bool isUrgent)
    {
        if (Interlocked.Increment(ref _waiting) <= (isUrgent ? MostWithUrgent : Most)) return true;
        Interlocked.Decrement(ref _waiting);
        return false;
    }

    /// <summary>A command that waited does so no longer.</summary>
    public void Leave() => Interlocked.Decrement(ref _waiting);
}
