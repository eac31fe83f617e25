using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Nodes;

namespace Concierge.Actors.Directory;

/// <summary>
/// The only one in the cluster that grants a name, so that a name is given once. Directories ask it on behalf of their
/// sessions; no message between clients ever passes through it. It knows nothing when it starts, here or, after a
/// failure, on another node: it asks every directory what names are held there, and grants none before it has heard
/// from all. It grants none either while half of the nodes are out of sight: they may have another registrar by now.
/// </summary>
public sealed class RegistrarActor : UntypedActor, IWithTimers
{
    /// <summary>How long a directory may take to answer before it is asked again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly IActorRef _membership;
    private readonly Func<NodeId, ICanTell> _contact;
    private readonly Guid _id = Guid.NewGuid();
    private readonly Dictionary<RegisteredName, Holding> _held = [];
    private readonly Dictionary<NodeId, IActorRef> _enrolled = [];
    private readonly Dictionary<Guid, (Claim Claim, IActorRef Asker)> _waiting = [];
    private HashSet<NodeId>? _awaited;
    private long _grants;
    private Membership? _nodes;

    /// <summary>Use <see cref="Props"/>.</summary>
    public RegistrarActor(IActorRef membership, Func<NodeId, ICanTell> contact)
    {
        _membership = membership;
        _contact = contact;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create it.</summary>
    /// <param name="membership">Who tells what nodes there are.</param>
    /// <param name="contact">Where a node's directory is told something.</param>
    public static Props Props(IActorRef membership, Func<NodeId, ICanTell> contact) =>
        Akka.Actor.Props.Create(() => new RegistrarActor(membership, contact));

    /// <inheritdoc/>
    protected override void PreStart() => _membership.Tell(SubscribeMembership.Instance);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Claim claim: OnClaim(claim); break;
            case Release release: OnRelease(release); break;
            case Checked check: OnChecked(check); break;
            case Enrolled enrolled: OnEnrolled(enrolled); break;
            case Membership nodes: OnMembership(nodes); break;
            case AskAgain: AskDirectories(); break;
            case HandOver: Context.Stop(Self); break;
            default: Unhandled(message); break;
        }
    }

    private bool MayGrant => _awaited is { Count: 0 } && _nodes!.IsMajorityReachable;

    private void OnClaim(Claim claim)
    {
        // It may come twice: directories repeat what is not answered.
        _waiting[claim.Id] = (claim, Sender);
        if (MayGrant) Decide(claim, Sender);
    }

    private void Decide(Claim claim, IActorRef asker)
    {
        if (!_held.TryGetValue(claim.Name, out Holding held))
        {
            _held[claim.Name] = new Holding(claim.Node, claim.Id, ++_grants);
            Answer(asker, new Granted(claim.Id, claim.Name, _grants));
        }
        else if (held.Claim == claim.Id) Answer(asker, new Granted(claim.Id, claim.Name, held.Grant));
        else if (held.Node == claim.Node) Answer(asker, new Refused(claim.Id, held.Node));
        // Who has heard elsewhere that the name is free may be quicker than the word from the node that held it.
        else if (_enrolled.TryGetValue(held.Node, out IActorRef? directory)) directory.Tell(new Check(claim.Name, held.Claim));
    }

    private void Answer(IActorRef asker, IAnswer answer)
    {
        _waiting.Remove(answer.Claim);
        asker.Tell(answer);
    }

    private void OnChecked(Checked check)
    {
        if (!check.IsHeld)
        {
            OnRelease(new Release(check.Name, check.Held));
            return;
        }
        if (!_held.TryGetValue(check.Name, out Holding held) || held.Claim != check.Held) return;
        foreach ((Claim claim, IActorRef asker) in _waiting.Values.Where(waiting => waiting.Claim.Name == check.Name).ToList())
            Answer(asker, new Refused(claim.Id, held.Node));
    }

    private void OnRelease(Release release)
    {
        if (!_held.TryGetValue(release.Name, out Holding held) || held.Claim != release.Claim) return;
        _held.Remove(release.Name);
        DecideAll(release.Name);
    }

    private void DecideAll(RegisteredName? name = null)
    {
        if (!MayGrant) return;
        foreach ((Claim claim, IActorRef asker) in _waiting.Values.ToList())
        {
            if (name is null || claim.Name == name) Decide(claim, asker);
        }
    }

    private void OnMembership(Membership nodes)
    {
        _nodes = nodes;
        HashSet<NodeId> members = [.. nodes.Members.Select(member => member.Node)];
        foreach (NodeId gone in _enrolled.Keys.Where(node => !members.Contains(node)).ToList()) _enrolled.Remove(gone);
        foreach ((RegisteredName name, Holding held) in _held.Where(pair => !members.Contains(pair.Value.Node)).ToList()) _held.Remove(name);
        foreach ((Guid id, (Claim claim, _)) in _waiting.Where(pair => !members.Contains(pair.Value.Claim.Node)).ToList()) _waiting.Remove(id);
        // Nodes that come later have been granted nothing yet; those that have given up their clients hold nothing any more.
        HashSet<NodeId> holders = [.. nodes.Members.Where(member => member.Status is not (NodeStatus.Exiting or NodeStatus.Down)).Select(member => member.Node)];
        if (_awaited is null) _awaited = holders;
        else _awaited.IntersectWith(holders);
        AskDirectories();
        DecideAll();
    }

    private void AskDirectories()
    {
        List<NodeId> unasked = [.. _nodes!.Members.Select(member => member.Node).Where(node => !_enrolled.ContainsKey(node))];
        foreach (NodeId node in unasked) _contact(node).Tell(new Enrol(_id), Self);
        if (unasked.Count > 0) Timers.StartSingleTimer(AskAgain.Instance, AskAgain.Instance, Patience);
    }

    private void OnEnrolled(Enrolled enrolled)
    {
        if (enrolled.Registrar != _id) return;
        _grants = Math.Max(_grants, enrolled.LatestGrant);
        foreach ((RegisteredName name, Guid claim) in enrolled.Names)
        {
            // Never seen unless nodes disagreed on who is a member: then the two nodes' directories settle it.
            if (!_held.TryAdd(name, new Holding(enrolled.Node, claim, 0)) && _held[name].Claim != claim)
                Context.GetLogger().Warning("The {0} name {1} is held on {2} and on {3}", name.Kind, name.Name, _held[name].Node, enrolled.Node);
        }
        if (_held.Values.Count(held => held.Node == enrolled.Node) < enrolled.Total) return;
        _enrolled[enrolled.Node] = Sender;
        _awaited!.Remove(enrolled.Node);
        DecideAll();
    }

    private readonly record struct Holding(NodeId Node, Guid Claim, long Grant);

    /// <summary>Asks a directory what names its node holds, and tells it who is the registrar.</summary>
    /// <param name="Registrar">Tells this registrar from earlier ones.</param>
    public sealed record Enrol(Guid Registrar) : INodeMessage;

    /// <summary>Names that a node holds, of which there may be too many for one message.</summary>
    /// <param name="Registrar">Who asked.</param>
    /// <param name="Node">The node.</param>
    /// <param name="Names">The names, and the claims by which they were granted.</param>
    /// <param name="Total">How many it holds in all.</param>
    /// <param name="LatestGrant">The highest number of a grant that its node has heard of.</param>
    public sealed record Enrolled(Guid Registrar, NodeId Node, IReadOnlyList<(RegisteredName Name, Guid Claim)> Names, int Total, long LatestGrant)
        : INodeMessage;

    /// <summary>Asks for a name; answered with <see cref="Granted"/> or <see cref="Refused"/>, sooner or later.</summary>
    /// <param name="Node">The node that asks.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Id">Tells claims apart; the same claim may be made twice.</param>
    public sealed record Claim(NodeId Node, RegisteredName Name, Guid Id) : INodeMessage;

    /// <summary>What became of a claim.</summary>
    public interface IAnswer : INodeMessage
    {
        /// <summary>The claim's id.</summary>
        Guid Claim { get; }
    }

    /// <summary>The name is the asker's until it releases it.</summary>
    /// <param name="Claim">The claim's id.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Number">Grows with every grant: of two who had a name, the one with the higher number had it later.</param>
    public sealed record Granted(Guid Claim, RegisteredName Name, long Number) : IAnswer;

    /// <summary>The name is taken.</summary>
    /// <param name="Claim">The claim's id.</param>
    /// <param name="Holder">The node that holds the name.</param>
    public sealed record Refused(Guid Claim, NodeId Holder) : IAnswer;

    /// <summary>Gives a granted name back.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Claim">The claim by which it was granted.</param>
    public sealed record Release(RegisteredName Name, Guid Claim) : INodeMessage;

    /// <summary>Asks a directory whether a name is still held; answered with <see cref="Checked"/>.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Held">The claim by which it was granted.</param>
    public sealed record Check(RegisteredName Name, Guid Held) : INodeMessage;

    /// <summary>Whether a name is still held. What the directory released before, it has said before.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Held">The claim by which it was granted.</param>
    /// <param name="IsHeld">Whether it is still held by that claim.</param>
    public sealed record Checked(RegisteredName Name, Guid Held, bool IsHeld) : INodeMessage;

    /// <summary>Ends the registrar, because another node's takes over.</summary>
    public sealed record HandOver
    {
        /// <summary>The only one.</summary>
        public static HandOver Instance { get; } = new();
    }

    private sealed record AskAgain
    {
        public static readonly AskAgain Instance = new();
    }
}
