namespace Akka.Actor;

/// <summary>A path to be walked at each Tell, from an anchor, in whichever process that is; names and <c>..</c> only, no wildcards.</summary>
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

    public void Tell(object message, IActorRef sender = null) =>
        Deliver((IInternalActorRef)Anchor, new ActorSelectionMessage(message, _elements), sender ?? ActorCell.Current?.Self);

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

    internal static void Deliver(IInternalActorRef anchor, ActorSelectionMessage selection, IActorRef sender)
    {
        if (anchor is Remote.RemoteActorRef)
        {
            anchor.Tell(selection, sender);
            return;
        }
        var target = Walk(anchor, selection.Elements);
        if (!target.IsNobody())
            target.Tell(selection.Message, sender);
        else if (selection.Message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
        else
            anchor.System.DeadLetterRef.Bury(selection.Message, sender, anchor.System.DeadLetterRef);
    }

    private static IInternalActorRef Walk(IInternalActorRef at, string[] elements)
    {
        foreach (var element in elements)
        {
            at = element == ".." ? at.Parent : at.GetChild(element);
            if (at.IsNobody())
                return Nobody.Instance;
        }
        return at;
    }
}

/// <summary>Walks the rest of a selection's path where its anchor lives.</summary>
internal sealed class ActorSelectionMessage(object message, string[] elements) : IAutoReceivedMessage, IPossiblyHarmful
{
    internal object Message { get; } = message;
    internal string[] Elements { get; } = elements;

    public override string ToString() => $"ActorSelectionMessage - Message: {Message} - Elements: {string.Join('/', Elements)}";
}
