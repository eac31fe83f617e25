using Akka.Actor;
using Akka.Hosting;

namespace Akka.StandIn.Tests.Hosting;

public class ActorRegistryTests : Akka.TestKit.Xunit2.TestKit
{
    private readonly ActorRegistry _registry = new();

    [Fact]
    public void AKey_IsTakenOnce_UnlessOverwritten()
    {
        var (first, second) = (CreateTestProbe().Ref, CreateTestProbe().Ref);
        _registry.Register<string>(first);

        _registry.TryRegister<string>(second).ShouldBeFalse();
        Should.Throw<DuplicateActorRegistryException>(() => _registry.Register<string>(second));
        _registry.Get<string>().ShouldBe(first);

        _registry.Register<string>(second, overwrite: true);
        _registry.Get<string>().ShouldBe(second);
        _registry.Select(item => item.Key).ShouldBe([typeof(string)]);
    }

    [Fact]
    public void AMissingKey_IsNobody_OrThrows()
    {
        _registry.TryGet<string>(out var actor).ShouldBeFalse();
        actor.ShouldBe(ActorRefs.Nobody);
        Should.Throw<MissingActorRegistryEntryException>(() => _registry.Get<string>());
        Should.Throw<MissingActorRegistryEntryException>(() => new RequiredActor<string>(_registry).ActorRef);
        Should.Throw<ArgumentNullException>(() => _registry.Register<string>(null!));
        _registry.TryRegister<string>(null!).ShouldBeFalse();
    }

    [Fact]
    public async Task GetAsync_WaitsForTheRegistration()
    {
        var waiting = _registry.GetAsync<string>();
        var required = new RequiredActor<string>(_registry).GetAsync();
        waiting.IsCompleted.ShouldBeFalse();

        _registry.Register<string>(TestActor);

        (await waiting).ShouldBe(TestActor);
        (await required).ShouldBe(TestActor);
    }

    [Fact]
    public async Task GetAsync_CanBeCancelled_WithoutDisturbingOthers()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = _registry.GetAsync<string>(cancellation.Token);
        var waiting = _registry.GetAsync<string>();

        await cancellation.CancelAsync();
        _registry.Register<string>(TestActor);

        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        (await waiting).ShouldBe(TestActor);
    }
}
