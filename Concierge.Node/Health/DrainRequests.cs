using Akka.Actor;
using Concierge.Actors.Nodes;

namespace Concierge.Node.Health;

/// <summary>Tells when an operator, here or at another node, wants this node to drain and stop. Thread-safe.</summary>
internal sealed class DrainRequests
{
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with who asked, when somebody asks for the first time.</summary>
    public Task<string> First => _first.Task;

    /// <summary>Somebody asks.</summary>
    public void Add(DrainRequested request) => _first.TrySetResult(request.By);
}

/// <summary>Hears of requests to drain on the event stream.</summary>
internal sealed class DrainRequestsActor(DrainRequests requests) : UntypedActor
{
    /// <summary>How to create it.</summary>
    public static Props Props(DrainRequests requests) => Akka.Actor.Props.Create(() => new DrainRequestsActor(requests));

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DrainRequested));

    protected override void OnReceive(object message)
    {
        if (message is DrainRequested request) requests.Add(request);
        else Unhandled(message);
    }
}
