using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A test actor of its own, to stand in for somebody the tested actor talks to. It is an actor reference, too.</summary>
public class TestProbe : TestKitBase, INoImplicitSender, IInternalActorRef
{
    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string testProbeName = null)
        : base(assertions, system, testProbeName)
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>Of the last message.</summary>
    public IActorRef Sender => LastSender;

    ActorPath IActorRef.Path => TestActor.Path;

    ActorSystemImpl IInternalActorRef.System => Internal.System;

    IInternalActorRef IInternalActorRef.Parent => Internal.Parent;

    bool IInternalActorRef.IsTerminated => Internal.IsTerminated;

    private IInternalActorRef Internal => (IInternalActorRef)TestActor;

    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    public void Forward(IActorRef actor) => actor.Tell(LastMessage, Sender);

    public void Reply(object message) => Sender.Tell(message, TestActor);

    [Obsolete("Cannot create a TestProbe from a TestProbe", true)]
#pragma warning disable CS0809 // Akka.NET forbids it in the same way.
    public override TestProbe CreateTestProbe(string name = null) =>
        throw new NotSupportedException("Cannot create a TestProbe from a TestProbe");
#pragma warning restore CS0809

    public override bool Equals(object obj) => TestActor.Equals(obj);

    public override int GetHashCode() => TestActor.GetHashCode();

    public override string ToString() => $"TestProbe({TestActor})";

    public int CompareTo(object obj) => TestActor.CompareTo(obj);

    int IComparable<IActorRef>.CompareTo(IActorRef other) => TestActor.CompareTo(other);

    bool IEquatable<IActorRef>.Equals(IActorRef other) => TestActor.Equals(other);

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    IInternalActorRef IInternalActorRef.GetChild(string name) => Internal.GetChild(name);

    void IInternalActorRef.Start() => Internal.Start();

    void IInternalActorRef.Stop() => Internal.Stop();

    void IInternalActorRef.Suspend() => Internal.Suspend();

    void IInternalActorRef.Resume(Exception causedByFailure) => Internal.Resume(causedByFailure);

    void IInternalActorRef.Restart(Exception cause) => Internal.Restart(cause);

    void IInternalActorRef.SendSystemMessage(SystemMessage message) => Internal.SendSystemMessage(message);
}
