using Akka.Actor;

namespace Akka.StandIn.Tests.Remote;

/// <summary>Two systems: the test's own, and another one with an actor that echoes.</summary>
public abstract class RemoteContract : TestKit.Xunit2.TestKit, IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    protected RemoteContract(string own = "", string others = "")
        : base(Nodes.Configured(own))
    {
        Other = Nodes.Start("other", others);
        Other.ActorOf(Props.Create<Echo>(), "echo");
    }

    protected Nodes Nodes { get; } = new();

    protected ActorSystem Other { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Nodes.DisposeAsync();

    protected static string PathAt(ActorSystem system, string name) => $"{Nodes.AddressOf(system)}/user/{name}";

    protected ActorSelection AtOther(string name = "echo") => Sys.ActorSelection(PathAt(Other, name));

    protected Task<IActorRef> EchoAtOther() => AtOther().ResolveOne(Patience);
}
