using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Akka.StandIn.Tests.Hosting;

public class AddAkkaTests
{
    [Fact]
    public async Task TheHost_StartsTheActors_ThenTheStartupTasks_InTheOrderGiven()
    {
        var started = new List<string>();
        using var host = await StartAsync(builder => builder
            .AddStartup((_, _) => started.Add("startup"))
            .WithActors((_, _) => started.Add("first"))
            .WithActors(async (_, _) =>
            {
                await Task.Yield();
                started.Add("second");
            })
            .AddStartup((_, _) =>
            {
                started.Add("async startup");
                return Task.CompletedTask;
            }));

        started.ShouldBe(["first", "second", "startup", "async startup"]);
        await host.StopAsync();
    }

    [Fact]
    public async Task TheActorSystem_HasItsNameAndConfiguration_AndIsTheHostsOne()
    {
        using var host = await StartAsync(builder => builder
            .AddHocon(ConfigurationFactory.ParseString("test { a = 1, b = 1 }"), HoconAddMode.Append)
            .AddHocon("test { a = 2, c = 2 }", HoconAddMode.Append)
            .AddHocon("test { b = 3 }", HoconAddMode.Prepend));

        var system = host.Services.GetRequiredService<ActorSystem>();
        var config = system.Settings.Config;

        system.Name.ShouldBe("hosted");
        (config.GetInt("test.a"), config.GetInt("test.b"), config.GetInt("test.c")).ShouldBe((1, 3, 2));
        host.Services.GetRequiredService<ActorSystem>().ShouldBeSameAs(system);
        await host.StopAsync();
    }

    [Fact]
    public async Task ARegisteredActor_IsFoundInEveryWay()
    {
        using var host = await StartAsync(builder => builder.WithActors((system, registry) =>
            registry.Register<Echo>(system.ActorOf(Props.Create<Echo>(), "echo"))));
        var services = host.Services;

        var echo = services.GetRequiredService<IRequiredActor<Echo>>().ActorRef;

        (await echo.Ask<string>("hello", TimeSpan.FromSeconds(5))).ShouldBe("hello");
        services.GetRequiredService<IActorRegistry>().Get<Echo>().ShouldBe(echo);
        services.GetRequiredService<IReadOnlyActorRegistry>().Get<Echo>().ShouldBe(echo);
        services.GetRequiredService<ActorRegistry>().Get<Echo>().ShouldBe(echo);
        ActorRegistry.For(services.GetRequiredService<ActorSystem>()).Get<Echo>().ShouldBe(echo);
        (await services.GetRequiredService<IRequiredActor<Echo>>().GetAsync()).ShouldBe(echo);
        await host.StopAsync();
    }

    [Fact]
    public async Task AnActorsConstructor_TakesArgumentsAndServices_AndServicesAgainAfterARestart()
    {
        using var host = await StartAsync(
            builder => builder.WithActors((system, registry, resolver) =>
                registry.Register<Greeter>(system.ActorOf(resolver.Props<Greeter>("Hello"), "greeter"))),
            services => services.AddSingleton(new Greeting("!")));
        var greeter = host.Services.GetRequiredService<IActorRegistry>().Get<Greeter>();

        (await greeter.Ask<string>("Ada", TimeSpan.FromSeconds(5))).ShouldBe("Hello Ada!");
        greeter.Tell(new InvalidOperationException("restart me"));
        (await greeter.Ask<string>("Bob", TimeSpan.FromSeconds(5))).ShouldBe("Hello Bob!");
        DependencyResolver.For(host.Services.GetRequiredService<ActorSystem>()).Resolver.GetService<Greeting>().Mark.ShouldBe("!");
        await host.StopAsync();
    }

    [Fact]
    public async Task TheBuilder_MayUseServices()
    {
        var services = new HostBuilder().ConfigureServices(services => services
            .AddSingleton(new Greeting("from the container"))
            .AddAkka("hosted", (builder, provider) =>
                builder.AddHocon($"mark = \"{provider.GetRequiredService<Greeting>().Mark}\"", HoconAddMode.Prepend)));
        using var host = await services.StartAsync();

        host.Services.GetRequiredService<ActorSystem>().Settings.Config.GetString("mark").ShouldBe("from the container");
        await host.StopAsync();
    }

    [Fact]
    public async Task StoppingTheHost_RunsTheCoordinatedShutdown_AndEndsTheSystem()
    {
        var phases = new List<string>();
        using var host = await StartAsync(builder => builder.AddStartup((system, _) =>
        {
            foreach (var phase in new[] { CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeServiceUnbind })
            {
                CoordinatedShutdown.Get(system).AddTask(phase, "note", () =>
                {
                    phases.Add(phase);
                    return Task.FromResult(Done.Instance);
                });
            }
        }));
        var system = host.Services.GetRequiredService<ActorSystem>();

        await host.StopAsync();

        phases.ShouldBe([CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceStop]);
        system.WhenTerminated.IsCompleted.ShouldBeTrue();
        CoordinatedShutdown.Get(system).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClrExitReason>();
    }

    [Fact]
    public async Task WhenTheSystemEndsByItself_TheHostIsStopped()
    {
        using var host = await StartAsync(_ => { });
        var stopped = host.WaitForShutdownAsync();

        await host.Services.GetRequiredService<ActorSystem>().Terminate();

        await stopped.WaitAsync(TimeSpan.FromSeconds(10));
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task AnActorThatCannotBeStarted_FailsTheHost_AndEndsTheSystem()
    {
        ActorSystem? system = null;

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(builder => builder.WithActors((started, _) =>
        {
            system = started;
            throw new InvalidOperationException("no");
        })));

        failure.Message.ShouldBe("no");
        system!.WhenTerminated.IsCompleted.ShouldBeTrue();
    }

    private static Task<IHost> StartAsync(Action<AkkaConfigurationBuilder> builder, Action<IServiceCollection>? configure = null) => new HostBuilder()
        .ConfigureServices(services =>
        {
            configure?.Invoke(services);
            services.AddAkka("hosted", builder);
        })
        .StartAsync();

    public sealed record Greeting(string Mark);

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    public sealed class Greeter : ReceiveActor
    {
        public Greeter(string word, Greeting greeting)
        {
            Receive<string>(name => Sender.Tell($"{word} {name}{greeting.Mark}"));
            Receive<Exception>(cause => throw cause);
        }
    }
}
