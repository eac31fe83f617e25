using Akka.Actor;
using Akka.Configuration;

namespace Akka.StandIn.Tests.Remote;

/// <summary>Actor systems with remoting on a free port of the loopback interface, terminated after the test.</summary>
public sealed class Nodes : IAsyncDisposable
{
    private static readonly Config Remoting = ConfigurationFactory.ParseString(
        """
        akka {
          stdout-loglevel = OFF
          actor {
            provider = remote
            serializers.messages = "Akka.StandIn.Tests.Remote.MessagesSerializer, Akka.StandIn.Tests"
            serialization-identifiers { "Akka.StandIn.Tests.Remote.MessagesSerializer, Akka.StandIn.Tests" = 1234 }
            serialization-bindings {
              "Akka.StandIn.Tests.Remote.Text, Akka.StandIn.Tests" = messages
              "Akka.StandIn.Tests.Remote.Blob, Akka.StandIn.Tests" = messages
              "Akka.StandIn.Tests.Remote.Meet, Akka.StandIn.Tests" = messages
              "Akka.StandIn.Tests.Remote.Unwritable, Akka.StandIn.Tests" = messages
              "Akka.StandIn.Tests.Remote.Unreadable, Akka.StandIn.Tests" = messages
            }
          }
          remote {
            retry-gate-closed-for = 100 ms
            dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 2 MiB }
          }
        }
        """);

    private readonly List<ActorSystem> _systems = [];

    public static Config Configured(string config) => ConfigurationFactory.ParseString(config).WithFallback(Remoting);

    public static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    public ActorSystem Start(string name, string config = "")
    {
        var system = ActorSystem.Create(name, Configured(config));
        _systems.Add(system);
        return system;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_systems.Select(system => system.Terminate()));
}

public sealed class Echo : ReceiveActor
{
    public Echo() => ReceiveAny(message => Sender.Tell(message));
}
