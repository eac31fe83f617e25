using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// An unbounded queue of many writers and one reader: D. Vyukov's linked queue, 40 bytes a waiting message and 64 when empty,
/// with a front on which the reader puts unstashed messages back. A mutable struct: keep it in a field, never copy it.
/// </summary>
internal struct EnvelopeQueue
{
    private Node _read;
    private Node _written;
    private Node _front;

    public EnvelopeQueue() => _read = _written = new Node(default);

    /// <summary>Exact for the reader, a hint for all others.</summary>
    public readonly bool IsEmpty => Volatile.Read(in _front) is null && ReferenceEquals(Volatile.Read(in _read), Volatile.Read(in _written));

    public void Enqueue(in Envelope envelope)
    {
        var node = new Node(envelope);
        var previous = Interlocked.Exchange(ref _written, node);
        Volatile.Write(ref previous.Next, node);
    }

    public void EnqueueFirst(in Envelope envelope) => Volatile.Write(ref _front, new Node(envelope) { Next = _front });

    public bool TryDequeue(out Envelope envelope)
    {
        if (_front is { } first)
        {
            envelope = first.Envelope;
            Volatile.Write(ref _front, first.Next);
            return true;
        }
        var read = _read;
        var next = Volatile.Read(ref read.Next);
        if (next is null)
        {
            if (ReferenceEquals(read, Volatile.Read(ref _written)))
            {
                envelope = default;
                return false;
            }
            next = AwaitLink(read);
        }
        envelope = next.Envelope;
        next.Envelope = default;
        read.Next = null; // A dead node that survived a collection must not keep its young successors alive.
        Volatile.Write(ref _read, next);
        return true;
    }

    /// <summary>A writer is between its two steps: it has taken its place in the queue and is about to link itself.</summary>
    private static Node AwaitLink(Node read)
    {
        var spin = new SpinWait();
        Node next;
        while ((next = Volatile.Read(ref read.Next)) is null)
            spin.SpinOnce();
        return next;
    }

    private sealed class Node(Envelope envelope)
    {
        public Envelope Envelope = envelope;
        public Node Next;
    }
}
