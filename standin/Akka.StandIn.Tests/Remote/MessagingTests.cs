using Akka.Actor;

namespace Akka.StandIn.Tests.Remote;

public sealed class MessagingTests : TestKit.Xunit2.TestKit, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Nodes _nodes = new();
    private readonly ActorSystem _other;

    public MessagingTests()
        : base(Nodes.Remoting) => _other = _nodes.Start("other");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    [Fact]
    public void AMessage_ReachesAnActorOfAnotherSystem_AndItsSenderCanBeAnswered()
    {
        _other.ActorOf<Echo>("echo");

        Remotely("echo").Tell(new Text("hello"), TestActor);

        ExpectMsg<Text>(Patience).Value.ShouldBe("hello");
        LastSender.Path.ToString().ShouldBe($"{Nodes.AddressOf(_other)}/user/echo");
    }

    [Fact]
    public async Task Ask_IsAnsweredFromAnotherSystem()
    {
        _other.ActorOf<Echo>("echo");

        (await Remotely("echo").Ask<Text>(new Text("hello"), Patience)).Value.ShouldBe("hello");
        (await (await Remotely("echo").ResolveOne(Patience)).Ask<Text>(new Text("again"), Patience)).Value.ShouldBe("again");
    }

    private ActorSelection Remotely(string name) => Sys.ActorSelection($"{Nodes.AddressOf(_other)}/user/{name}");
}
