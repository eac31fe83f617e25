using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs the first <c>akka.log-dead-letters</c> dead letters, then keeps silent for <c>akka.log-dead-letters-suspend-duration</c>, and so on.</summary>
internal sealed class DeadLetterListener : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly int _most = Context.System.Settings.LogDeadLetters;
    private readonly TimeSpan _silence = Context.System.Settings.LogDeadLettersSuspendDuration;
    private int _logged;
    private int _unlogged;
    private DateTime _silentUntil;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        Context.System.EventStream.Subscribe(Self, typeof(Dropped));
        Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override void OnReceive(object message)
    {
        if (message is not AllDeadLetters letter)
            return;
        if (_logged >= _most)
        {
            if (DateTime.UtcNow < _silentUntil)
            {
                _unlogged++;
                return;
            }
            _logged = 0;
        }
        _logged++;
        _log.Info("Message [{0}] from {1} to {2} {3}{4}{5}", letter.Message.GetType().Name, letter.Sender, letter.Recipient, Fate(letter), Unlogged(), Outlook());
    }

    private static string Fate(AllDeadLetters letter) => letter switch
    {
        UnhandledMessage => "was unhandled.",
        Dropped dropped => $"was dropped. {dropped.Reason}.",
        _ => "was not delivered.",
    };

    private string Unlogged()
    {
        if (_unlogged == 0)
            return "";
        var text = $" {_unlogged} others were not logged.";
        _unlogged = 0;
        return text;
    }

    private string Outlook()
    {
        if (_logged < _most)
            return "";
        _silentUntil = _silence == Timeout.InfiniteTimeSpan ? DateTime.MaxValue : DateTime.UtcNow + _silence;
        return $" No more dead letters will be logged for [{_silence}]; see akka.log-dead-letters.";
    }
}
