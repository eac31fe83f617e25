namespace Akka.Actor;

/// <summary>What the actor does once the children that it has stopped are gone.</summary>
internal enum SuspendReason
{
    /// <summary>Nothing: the stop was asked for, and life goes on meanwhile.</summary>
    UserRequest,
    Creation,
    Recreation,
    Termination,
}

/// <summary>
/// An actor's children by name, and those of them that were told to stop: a name is taken until its actor has terminated.
/// Locked, as a guardian's children come from any thread, and look-ups by path as well.
/// </summary>
internal sealed class Children
{
    /// <summary>Has none, and admits none.</summary>
    internal static readonly Children OfTheDead = new() { _wait = new Wait(SuspendReason.Termination, null) };

    private readonly Dictionary<string, ChildRestartStats> _byName = [];
    private HashSet<IActorRef> _condemned;
    private Wait _wait;

    /// <summary>The end of a wait: none of the condemned is left.</summary>
    internal sealed record Wait(SuspendReason Reason, Exception Cause);

    internal bool IsTerminating => Volatile.Read(ref _wait)?.Reason == SuspendReason.Termination;

    internal bool IsWaiting => Volatile.Read(ref _wait) is not null;

    internal void Add(string name, IInternalActorRef child)
    {
        lock (_byName)
        {
            if (IsTerminating)
                throw new InvalidOperationException("Cannot create child while terminating or terminated");
            if (!_byName.TryAdd(name, new ChildRestartStats(child)))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
        }
    }

    internal IInternalActorRef ByName(string name)
    {
        lock (_byName)
            return _byName.GetValueOrDefault(name)?.Child;
    }

    internal ChildRestartStats Stats(IActorRef child)
    {
        lock (_byName)
            return _byName.TryGetValue(child.Path.Name, out var stats) && stats.Child.Equals(child) ? stats : null;
    }

    internal bool Contains(IActorRef child) => Stats(child) is not null;

    internal IInternalActorRef[] Snapshot()
    {
        lock (_byName)
            return [.. _byName.Values.Select(stats => stats.Child)];
    }

    internal ChildRestartStats[] AllStats()
    {
        lock (_byName)
            return [.. _byName.Values];
    }

    internal void Condemn(IActorRef child)
    {
        lock (_byName)
        {
            if (Contains(child))
                (_condemned ??= []).Add(child);
        }
    }

    /// <summary>Condemns all children; for <see cref="SuspendReason.Termination"/> no further one is admitted.</summary>
    internal IInternalActorRef[] CondemnAll(SuspendReason reason)
    {
        lock (_byName)
        {
            var all = Snapshot();
            if (all.Length > 0)
                _condemned = [.. all];
            if (reason == SuspendReason.Termination || all.Length > 0)
                Volatile.Write(ref _wait, new Wait(reason, null));
            return all;
        }
    }

    /// <summary>False where there is nobody to wait for.</summary>
    internal bool WaitForCondemned(SuspendReason reason, Exception cause)
    {
        lock (_byName)
        {
            if (_condemned is null)
                return false;
            Volatile.Write(ref _wait, new Wait(reason, cause));
            return true;
        }
    }

    /// <summary>The wait that this child's end has ended, or null.</summary>
    internal Wait Remove(IActorRef child)
    {
        lock (_byName)
        {
            _byName.Remove(child.Path.Name);
            if (_condemned is null || !_condemned.Remove(child) || _condemned.Count > 0)
                return null;
            _condemned = null;
            var ended = _wait;
            if (ended?.Reason != SuspendReason.Termination)
                Volatile.Write(ref _wait, null);
            return ended;
        }
    }
}
