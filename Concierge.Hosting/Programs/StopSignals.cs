using System.Runtime.InteropServices;

namespace Concierge.Hosting.Programs;

/// <summary>
/// The signals that ask a program to end: SIGTERM, Ctrl-C and Ctrl-\, and the end of its terminal. The first one asks; a
/// second one does what the system does with it.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens from now on.</summary>
    /// <param name="first">What to do first of all, on the signal's own thread, before anybody else hears of it; null for nothing.</param>
    public StopSignals(Action? first = null) => _registrations =
    [
        .. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }
            .Select(asked => PosixSignalRegistration.Create(asked, signal => OnSignal(signal, first))),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Leaves the signals to the system again.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal, Action? first)
    {
        signal.Cancel = !_stop.IsCancellationRequested;
        first?.Invoke();
        _stop.Cancel();
    }
}
