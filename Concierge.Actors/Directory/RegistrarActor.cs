using Akka.Actor;

namespace Concierge.Actors.Directory;

/// <summary>What a name is a name of: the two have nothing to do with each other.</summary>
public enum NameKind
{
    /// <summary>A client's name.</summary>
    Client,

    /// <summary>A service's name.</summary>
    Service,
}

/// <summary>
/// The only one that grants a name, so that a name is given once. Directories ask it on behalf of their sessions; no
/// message between clients ever passes through it.
/// </summary>
public sealed class RegistrarActor : UntypedActor
{
    private readonly HashSet<(NameKind, string)> _taken = [];

    /// <summary>How to create it.</summary>
    public static Props Props() => Akka.Actor.Props.Create(() => new RegistrarActor());

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Claim claim:
                Sender.Tell(_taken.Add((claim.Kind, claim.Name)) ? new Granted(claim) : new Refused(claim));
                break;
            case Release release:
                _taken.Remove((release.Kind, release.Name));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Asks for a name; answered with <see cref="Granted"/> or <see cref="Refused"/>.</summary>
    /// <param name="Kind">What it is to name.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Id">Tells the asker's claims apart; comes back with the answer.</param>
    public sealed record Claim(NameKind Kind, string Name, Guid Id);

    /// <summary>The name is the asker's until it releases it.</summary>
    /// <param name="Claim">What was asked for.</param>
    public sealed record Granted(Claim Claim);

    /// <summary>The name is taken.</summary>
    /// <param name="Claim">What was asked for.</param>
    public sealed record Refused(Claim Claim);

    /// <summary>Gives a granted name back.</summary>
    /// <param name="Kind">What it named.</param>
    /// <param name="Name">The name.</param>
    public sealed record Release(NameKind Kind, string Name);
}
