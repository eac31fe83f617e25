using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// Runs an async handler as part of its actor: the mailbox takes no further user message until the task has ended, every continuation runs as a system
/// message of the actor, with the context and sender of the message being handled, and an exception fails the actor.
/// </summary>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;
    private Envelope _current;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    public override int MaximumConcurrencyLevel => 1;

    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        cell.TaskScheduler.Run(asyncAction);
    }

    internal void Execute(Task task) => TryExecuteTask(task);

    protected override void QueueTask(Task task)
    {
        if (ReferenceEquals(ActorCell.Current, _cell) && (task.CreationOptions & TaskCreationOptions.LongRunning) == 0)
            TryExecuteTask(task);
        else
            _cell.Mailbox.Post(new Continuation(this, task, failure: null, _current));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => null;

    private void Run(Func<Task> asyncAction)
    {
        _cell.Mailbox.Suspend();
        _current = new Envelope(_cell.CurrentMessage, _cell.Sender);
        Task.Factory.StartNew(asyncAction, CancellationToken.None, TaskCreationOptions.None, this)
            .Unwrap()
            .ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.None, this);
    }

    private void Ended(Task task)
    {
        var failure = task.IsCanceled ? new TaskCanceledException(task) : task.Exception is { InnerExceptions.Count: 1 } single ? single.InnerException : task.Exception;
        if (failure is not null)
        {
            _cell.Mailbox.Post(new Continuation(this, task, failure, _current));
            return;
        }
        _cell.Mailbox.Resume();
        _cell.RestartReceiveTimeout(_current.Message);
        _current = default;
    }
}
