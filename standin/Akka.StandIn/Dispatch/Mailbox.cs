using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// One actor's messages, and the right to handle them: whoever sets <see cref="Scheduled"/> hands the mailbox to the thread pool, so that
/// at most one thread is in the actor. System messages go first, and alone while suspended. Once closed, all that is there and all that comes is a dead letter.
/// </summary>
internal sealed class Mailbox : IThreadPoolWorkItem
{
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int OneSuspension = 4;

    /// <summary>Stands in the list of system messages once nothing will be taken from it again.</summary>
    private static readonly SystemMessage NoMore = new Create();

    private readonly ActorCell _cell;
    private readonly bool _onCallingThread;
    private EnvelopeQueue _envelopes = new();
    private SystemMessage _latestSystemMessage = new Create();
    private int _status;

    // On the calling thread, for the test kit: who posts a message to an idle actor handles it.
    internal Mailbox(ActorCell cell, bool onCallingThread) => (_cell, _onCallingThread) = (cell, onCallingThread);

    internal bool IsClosed => (Volatile.Read(ref _status) & Closed) != 0;

    internal int SuspendCount => Volatile.Read(ref _status) / OneSuspension;

    internal bool IsSuspended => SuspendCount > 0;

    private bool MayHandleEnvelopes => (Volatile.Read(ref _status) & ~Scheduled) == 0;

    internal void Post(in Envelope envelope)
    {
        if (IsClosed)
        {
            Bury(envelope);
            return;
        }
        _envelopes.Enqueue(envelope);
        var status = Volatile.Read(ref _status);
        if (status == 0)
            Schedule();
        else if ((status & Closed) != 0)
            BuryEnvelopes();
    }

    internal void Post(SystemMessage message)
    {
        SystemMessage latest;
        do
        {
            latest = Volatile.Read(ref _latestSystemMessage);
            if (ReferenceEquals(latest, NoMore))
            {
                _cell.SystemImpl.DeadLetterRef.Bury(message, _cell.SelfRef);
                return;
            }
            message.Next = latest;
        }
        while (Interlocked.CompareExchange(ref _latestSystemMessage, message, latest) != latest);
        Schedule();
    }

    /// <summary>Only from within the actor.</summary>
    internal void PutBack(in Envelope envelope) => _envelopes.EnqueueFirst(envelope);

    /// <summary>Only from within the actor.</summary>
    internal void Suspend() => Interlocked.Add(ref _status, OneSuspension);

    /// <summary>Only from within the actor, whose thread then goes on with the messages.</summary>
    internal void Resume()
    {
        if (IsSuspended)
            Interlocked.Add(ref _status, -OneSuspension);
    }

    /// <summary>Only from within the actor, at its end.</summary>
    internal void Close()
    {
        Interlocked.Or(ref _status, Closed);
        var rest = Reversed(Interlocked.Exchange(ref _latestSystemMessage, NoMore));
        BurySystemMessages(rest);
        BuryEnvelopes();
    }

    internal void Schedule()
    {
        int status;
        do
        {
            status = Volatile.Read(ref _status);
            if ((status & (Closed | Scheduled)) != 0)
                return;
        }
        while (Interlocked.CompareExchange(ref _status, status | Scheduled, status) != status);
        if (_onCallingThread)
            Execute();
        else
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        var outer = ActorCell.Current;
        ActorCell.Current = _cell;
        try
        {
            HandleSystemMessages();
            HandleEnvelopes(_cell.SystemImpl.Settings.Throughput);
        }
        finally
        {
            ActorCell.Current = outer;
            Interlocked.And(ref _status, ~Scheduled);
            if (Volatile.Read(ref _latestSystemMessage) is not null || (MayHandleEnvelopes && !_envelopes.IsEmpty))
                Schedule();
        }
    }

    private void HandleEnvelopes(int atMost)
    {
        for (var left = atMost; left > 0 && MayHandleEnvelopes && _envelopes.TryDequeue(out var envelope); left--)
        {
            _cell.Invoke(envelope);
            HandleSystemMessages();
        }
    }

    private void HandleSystemMessages()
    {
        while (Volatile.Read(ref _latestSystemMessage) is { } latest && !ReferenceEquals(latest, NoMore))
        {
            var message = Reversed(Interlocked.Exchange(ref _latestSystemMessage, null));
            while (message is not null && !IsClosed)
            {
                var next = message.Next;
                message.Next = null;
                _cell.Invoke(message);
                message = next;
            }
            BurySystemMessages(message);
        }
    }

    /// <summary>The list grows at its head; the oldest message goes first.</summary>
    private static SystemMessage Reversed(SystemMessage latest)
    {
        SystemMessage reversed = null;
        while (latest is not null)
        {
            var older = latest.Next;
            latest.Next = reversed;
            reversed = latest;
            latest = older;
        }
        return reversed;
    }

    private void BurySystemMessages(SystemMessage message)
    {
        for (; message is not null; message = message.Next)
            _cell.SystemImpl.DeadLetterRef.Bury(message, _cell.SelfRef);
    }

    /// <summary>After closing, whoever posts late takes the reader's place, one at a time.</summary>
    private void BuryEnvelopes()
    {
        lock (this)
        {
            while (_envelopes.TryDequeue(out var envelope))
                Bury(envelope);
        }
    }

    private void Bury(in Envelope envelope) => _cell.SystemImpl.DeadLetterRef.Bury(envelope.Message, envelope.Sender, _cell.SelfRef);
}
