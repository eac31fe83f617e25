namespace Akka.Actor;

public interface IStash
{
    int Count { get; }
    bool IsEmpty { get; }
    bool NonEmpty { get; }
    bool IsFull { get; }
    int Capacity { get; }
    void Stash();
    void Unstash();
    void UnstashAll();
    void UnstashAll(Func<Envelope, bool> predicate);
    IEnumerable<Envelope> ClearStash();
    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>The stash is there once the constructor has run.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash;

public interface IWithUnboundedStash : IWithUnrestrictedStash;

public interface IWithStash : IWithUnrestrictedStash;

/// <summary>Unbounded, whichever interface asks for it.</summary>
internal sealed class UnboundedStash(ActorCell cell) : IStash
{
    private List<Envelope> _stashed = [];
    private int _latestMessage = -1;

    public int Count => _stashed.Count;
    public bool IsEmpty => Count == 0;
    public bool NonEmpty => Count > 0;
    public bool IsFull => false;
    public int Capacity => -1;

    public void Stash()
    {
        if (_latestMessage == cell.MessageNumber)
            throw new IllegalActorStateException($"Can't stash the same message {cell.CurrentMessage} more than once");
        _latestMessage = cell.MessageNumber;
        _stashed.Add(new Envelope(cell.CurrentMessage, cell.Sender));
    }

    public void Unstash()
    {
        if (IsEmpty)
            return;
        var first = _stashed[0];
        _stashed.RemoveAt(0);
        PutBack(first);
    }

    public void UnstashAll() => UnstashAll(_ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        var stashed = _stashed;
        _stashed = [];
        for (var i = stashed.Count - 1; i >= 0; i--)
        {
            if (predicate(stashed[i]))
                PutBack(stashed[i]);
        }
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var stashed = _stashed;
        _stashed = [];
        return stashed;
    }

    public void Prepend(IEnumerable<Envelope> envelopes) => _stashed.InsertRange(0, envelopes.Distinct());

    private void PutBack(in Envelope envelope)
    {
        cell.Mailbox.PutBack(envelope);
        // Only news of a death that the actor still awaits is delivered, and this one was taken off that list before it was stashed.
        if (envelope.Message is Terminated terminated)
            cell.AwaitTerminated(terminated.ActorRef);
    }
}
