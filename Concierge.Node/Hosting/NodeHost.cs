using System.Net;
using Akka.Hosting;
using Concierge.Actors;
using Concierge.Actors.Directory;
using Concierge.Actors.Files;
using Concierge.Actors.Nodes;
using Concierge.Actors.Telemetry;
using Concierge.Node.Admin;
using Concierge.Node.Configuration;
using Concierge.Node.Connections;
using Concierge.Node.Files;
using Concierge.Node.Health;
using Concierge.Node.Http;
using Concierge.Node.Metrics;
using Concierge.Node.WebConsole;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Concierge.Node.Hosting;

/// <summary>Puts a node together. Starts from an empty host, so that no file or variable of ASP.NET's own changes what it does.</summary>
internal static class NodeHost
{
    /// <summary>
    /// What stopping may take in all, with the two seconds that the actor system needs after it: draining first, then the
    /// web server's wait for the transfers of files that are still going on.
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(7);

    /// <summary>A node that is ready to be started.</summary>
    /// <exception cref="InvalidConfigurationException">A certificate or the files' directory can't be used.</exception>
    public static WebApplication Build(NodeSettings settings, IPAddress address, Action<ILoggingBuilder>? logging)
    {
        var certificates = settings.Tls is { } tls ? Certificates.Load(tls) : null;
        var listeners = new Listeners();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(NodeHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listening.Configure(kestrel, settings, address, certificates, listeners));
        // After a restart all clients come back at once; the kernel has its own bound besides, net.core.somaxconn.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = 4096);
        ConsoleLog.SetLevels(builder.Logging, settings.Logging.Level);
        logging?.Invoke(builder.Logging);

        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        // Whoever starts a node decides when it stops; the host's own way listens to the process' signals.
        services.AddSingleton<IHostLifetime, NoSignals>();
        services.AddSingleton(settings).AddSingleton(listeners).AddSingleton(TimeProvider.System);
        AddFiles(services, settings);
        AddActors(services, settings);
        services.AddSingleton(new ConnectionLimits(
            settings.Limits.Connections, settings.Limits.FrameSize, settings.Limits.OutgoingQueue, HandshakeTimeout: settings.IdentifyTimeout,
            Silence: settings.HeartbeatTimeout));
        services.AddSingleton(settings.Origins);
        services.AddSingleton<FrontDoor>();
        services.AddSingleton(_ => new ProcessMetrics(settings.Name));
        services.AddSingleton(provider => new MetricsRegistry(
            provider.GetRequiredService<ConciergeMetrics>().Meter, provider.GetRequiredService<ProcessMetrics>().Meter));
        services.AddSingleton<NodeState>();
        services.AddSingleton<DrainRequests>();
        services.AddSingleton<AdminEndpoint>();
        services.AddSingleton<ClusterEndpoint>();
        services.AddSingleton(new ConsoleEndpoint(settings.Console));
        services.AddSingleton(provider => new Site(
            provider.GetRequiredService<NodeState>(), provider.GetRequiredService<ClusterView>(), provider.GetRequiredService<MetricsRegistry>(),
            provider.GetRequiredService<FrontDoor>(), provider.GetRequiredService<AdminEndpoint>(),
            provider.GetRequiredService<ClusterEndpoint>(), provider.GetRequiredService<ConsoleEndpoint>(), provider.GetService<FileEndpoints>()));
        services.AddHostedService<Draining>();

        var app = builder.Build();
        // Here, where a directory that can't be used is still a matter of configuration.
        app.Services.GetService<ClientFiles>();
        app.Run(app.Services.GetRequiredService<Site>().HandleAsync);
        return app;
    }

    private static void AddFiles(IServiceCollection services, NodeSettings settings)
    {
        if (!settings.Files.Enabled) return;
        services.AddSingleton<IClientKeys, DirectoryKeys>();
        services.AddSingleton(provider => new ClientFiles(settings.Files, provider.GetRequiredService<IClientKeys>()));
        services.AddSingleton<IFileStore>(provider => new ClusterFiles(
            provider.GetRequiredService<DirectoryView>(), provider.GetRequiredService<ClientFiles>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FileEndpoints>();
    }

    private static ConciergeMetrics MeasureAll(IServiceProvider provider, NodeSettings settings)
    {
        var metrics = new ConciergeMetrics(provider.GetRequiredService<DirectoryView>());
        if (settings.Cluster is not null) ClusterMetrics.Add(metrics.Meter, provider.GetRequiredService<ClusterView>());
        return metrics;
    }

    private static void AddActors(IServiceCollection services, NodeSettings settings)
    {
        services.AddSingleton<DirectoryView>();
        services.AddSingleton<ClusterView>();
        services.AddSingleton(provider => MeasureAll(provider, settings));
        services.AddAkka(NodeSettings.SystemName, (akka, provider) => akka
            .AddHocon(settings.Hocon, HoconAddMode.Prepend)
            .ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = settings.Logging.AkkaLevel;
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .AddConcierge(
                new ConciergeSettings
                {
                    NodeName = settings.Name,
                    NodeRoles = settings.Cluster?.Roles ?? [],
                    Secret = settings.Secret,
                    IdentifyTimeout = settings.IdentifyTimeout,
                    HeartbeatInterval = settings.HeartbeatInterval,
                    HeartbeatTimeout = settings.HeartbeatTimeout,
                    FrameSize = settings.Limits.FrameSize,
                    ChatroomRooms = settings.Dialects.ChatroomRooms,
                    IotWelcomeText = settings.Dialects.IotWelcomeText,
                },
                isClustered: settings.Cluster is not null,
                provider.GetRequiredService<DirectoryView>(),
                provider.GetRequiredService<ClusterView>(),
                provider.GetRequiredService<ConciergeMetrics>(),
                provider.GetService<ClientFiles>())
            .WithActors((system, _) => system.ActorOf(DrainRequestsActor.Props(provider.GetRequiredService<DrainRequests>()), "drain-requests")));
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
