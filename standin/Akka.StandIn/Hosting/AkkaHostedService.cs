using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Starts the actors with the host, runs the coordinated shutdown at its stop, and stops it when the actor system ends by itself.</summary>
internal sealed class AkkaHostedService(
    AkkaConfigurationBuilder configuration, IServiceProvider services, ILogger<AkkaHostedService> logger, IHostApplicationLifetime lifetime) : IHostedService
{
    private static readonly Action<ILogger, Exception> StartFailed = LoggerMessage.Define(
        LogLevel.Critical, new EventId(1, nameof(StartFailed)), "Unable to start AkkaHostedService - shutting down application");

    private CoordinatedShutdown _shutdown;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var system = services.GetRequiredService<ActorSystem>();
            _shutdown = CoordinatedShutdown.Get(system);
            await configuration.StartAsync(system).ConfigureAwait(false);
            _ = system.WhenTerminated.ContinueWith(
                _ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        catch (Exception cause)
        {
            StartFailed(logger, cause);
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The phases have time-outs of their own; the host's is not heeded, as in Akka.Hosting.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_shutdown is not null)
            await _shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).ConfigureAwait(false);
    }
}
