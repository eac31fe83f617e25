namespace Concierge.Hosting.Programs;

/// <summary>What a program says to the one that started it when it ends.</summary>
public static class ExitCode
{
    /// <summary>It did what it was asked to, and ended when it was asked to.</summary>
    public const int Succeeded = 0;

    /// <summary>Something failed that may work the next time.</summary>
    public const int Failed = 1;

    /// <summary>Its configuration can't work: the same start would fail the same way.</summary>
    public const int Misconfigured = 2;
}
