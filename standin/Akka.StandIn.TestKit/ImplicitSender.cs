using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Marks a test whose messages, told without a sender, shall have none instead of the test actor.</summary>
public interface INoImplicitSender;

/// <summary>Makes the test actor the sender of what the test tells, on the test's thread and after each of its awaits.</summary>
internal sealed class ImplicitSenderContext(ActorCell cell) : SynchronizationContext
{
    public static void Install(ActorCell cell)
    {
        ActorCell.Current = cell;
        SetSynchronizationContext(new ImplicitSenderContext(cell));
    }

    public static void Uninstall(ActorCell cell)
    {
        if (cell is not null && ReferenceEquals(ActorCell.Current, cell))
            ActorCell.Current = null;
    }

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object state) => ThreadPool.QueueUserWorkItem(_ => Run(d, state));

    public override void Send(SendOrPostCallback d, object state) => Run(d, state);

    private void Run(SendOrPostCallback callback, object state)
    {
        var (outerCell, outerContext) = (ActorCell.Current, Current);
        ActorCell.Current = cell;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            ActorCell.Current = outerCell;
            SetSynchronizationContext(outerContext);
        }
    }
}
