namespace Akka.Actor;

/// <summary>A path to be walked at each Tell, from an anchor; names and <c>..</c> only, no wildcards.</summary>
public class ActorSelection : ICanTell
{
    private readonly string[] _elements;

    internal ActorSelection(IActorRef anchor, string path)
    {
        Anchor = anchor;
        _elements = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    public IActorRef Anchor { get; }

    public string PathString => "/" + string.Join('/', _elements);

    public void Tell(object message, IActorRef sender = null)
    {
        sender ??= ActorCell.Current?.Self;
        var target = Walk();
        if (!target.IsNobody())
            target.Tell(message, sender);
        else if (message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
        else
            System.DeadLetterRef.Bury(message, sender, System.DeadLetterRef);
    }

    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"Could not find an actor at [{PathString}] from {Anchor}.");
        }
        catch (AskTimeoutException e)
        {
            throw new ActorNotFoundException($"No actor at [{PathString}] from {Anchor} answered within {timeout}.", e);
        }
    }

    public override string ToString() => $"ActorSelection[Anchor({Anchor}), Path({PathString})]";

    private ActorSystemImpl System => ((IInternalActorRef)Anchor).System;

    private IInternalActorRef Walk()
    {
        var at = (IInternalActorRef)Anchor;
        foreach (var element in _elements)
        {
            at = element == ".." ? at.Parent : at.GetChild(element);
            if (at.IsNobody())
                return Nobody.Instance;
        }
        return at;
    }
}
