using Akka.Actor;
using Akka.Event;

namespace Akka.StandIn.Tests.Events;

public sealed class LoggingTests() : Contract("akka.loglevel = WARNING")
{
    [Fact]
    public void ALogger_PublishesWithItsActorsPath()
    {
        var subject = StartSubject("logging");
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));

        subject.Tell(Subject.Do(context => context.GetLogger().Warning("{0} of {1}", 1, "two")));

        var warning = ExpectMsg<Warning>();
        warning.Message.ToString().ShouldBe("1 of two");
        warning.LogSource.ShouldBe(subject.Path.ToString());
        warning.LogLevel().ShouldBe(LogLevel.WarningLevel);
    }

    [Fact]
    public void AnError_CarriesItsCause()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));

        Logging.GetLogger(Sys, "source").Error(Failure, "failed with {0}", 42);

        var error = ExpectMsg<Error>();
        error.Cause.ShouldBe(Failure);
        error.Message.ToString().ShouldBe("failed with 42");
        error.LogSource.ShouldStartWith("source");
    }

    [Fact]
    public void BelowTheLevel_NothingIsPublished()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        var log = Logging.GetLogger(Sys, this);

        log.Info("no");
        log.Debug("no");
        log.Warning("yes");

        log.IsInfoEnabled.ShouldBeFalse();
        log.IsWarningEnabled.ShouldBeTrue();
        ExpectMsg<Warning>().Message.ToString().ShouldBe("yes");
    }
}
