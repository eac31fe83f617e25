using Akka.Util;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    private Children _children;
    private long _nextName;

    private bool IsTerminating => _children is { IsTerminating: true } || Mailbox.IsClosed;

    public IActorRef Child(string name) => GetChild(name);

    public IEnumerable<IActorRef> GetChildren() => ChildRefs();

    public IActorRef ActorOf(Props props, string name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        name = name is null ? NextName() : Checked(name);
        var child = SystemImpl.NewActorRef(props, new ChildActorPath(SelfRef.Path, name, ActorSystemImpl.NewUid()), SelfRef);
        MyChildren().Add(name, child);
        // A failed actor's children are as suspended as itself, and its directive will resume them.
        if (_perpetrator is not null)
        {
            for (var i = Mailbox.SuspendCount; i > 0; i--)
                child.Suspend();
        }
        child.Start();
        return child;
    }

    public void Stop(IActorRef child)
    {
        _children?.Condemn(child);
        ((IInternalActorRef)child).Stop();
    }

    internal IInternalActorRef GetChild(string name)
    {
        var hash = name.IndexOf('#');
        var child = Volatile.Read(ref _children)?.ByName(hash < 0 ? name : name[..hash]);
        var isThatOne = child is not null && (hash < 0 || name.AsSpan(hash + 1).SequenceEqual($"{child.Path.Uid}"));
        return isThatOne ? child : Nobody.Instance;
    }

    private static string Checked(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: \"-_.*$+:@&=,!~';()");
        }
        return name;
    }

    private string NextName() => Base64Encoding.Encode(Interlocked.Increment(ref _nextName) - 1, "$");

    /// <summary>Guardians get their children from any thread.</summary>
    private Children MyChildren() =>
        Volatile.Read(ref _children) ?? Interlocked.CompareExchange(ref _children, new Children(), null) ?? _children;

    private IInternalActorRef[] ChildRefs() => _children?.Snapshot() ?? [];

    private void ChildTerminated(IInternalActorRef child)
    {
        switch (_children.Remove(child))
        {
            case { Reason: SuspendReason.Recreation } ended:
                FinishRecreate(ended.Cause);
                break;
            case { Reason: SuspendReason.Creation }:
                FinishCreate();
                break;
            case { Reason: SuspendReason.Termination }:
                FinishTerminate();
                break;
        }
    }
}
