using System.Threading.Channels;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.StandIn.Tests.Hosting;

public class ConfigureLoggersTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheSystemsLog_GoesToTheLoggerFactory_FromItsLevelUp(bool ofTheHost)
    {
        var log = new RecordingLoggerProvider();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        using var host = await new HostBuilder()
            .ConfigureServices(services =>
            {
                if (ofTheHost)
                    services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
                services.AddAkka("hosted", builder => builder.ConfigureLoggers(loggers =>
                {
                    loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
                    loggers.ClearLoggers();
                    _ = ofTheHost ? loggers.AddLoggerFactory() : loggers.AddLoggerFactory(factory);
                }));
            })
            .StartAsync();
        var cause = new InvalidOperationException("cause");

        var system = host.Services.GetRequiredService<ActorSystem>();
        system.Log.Info("too quiet");
        system.Log.Warning("warned {0}", 1);
        system.Log.Error(cause, "failed");

        var logged = await log.UpToAsync(entry => entry.Level == LogLevel.Error);
        logged.ShouldNotContain(entry => entry.Message.Contains("too quiet"));
        logged.ShouldContain(entry => entry.Level == LogLevel.Warning && entry.Message.Contains("warned 1"));
        logged[^1].Message.ShouldContain("failed");
        logged[^1].Cause.ShouldBe(cause);
        await host.StopAsync();
    }

    private sealed record Entry(string Category, LogLevel Level, string Message, Exception? Cause);

    private sealed class RecordingLoggerProvider : ILoggerProvider
    {
        private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>();

        /// <summary>What the system logs, in its order. A logger may be an actor, which gets to it later and loses the rest when its system ends.</summary>
        public async Task<List<Entry>> UpToAsync(Func<Entry, bool> isLast)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var entries = new List<Entry>();
            await foreach (var entry in _entries.Reader.ReadAllAsync(limit.Token))
            {
                if (entry.Category != "Akka.Actor.ActorSystem")
                    continue;
                entries.Add(entry);
                if (isLast(entry))
                    break;
            }

            return entries;
        }

        public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Recorder(RecordingLoggerProvider provider, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                provider._entries.Writer.TryWrite(new Entry(category, logLevel, formatter(state, exception), exception));
        }
    }
}
