using Concierge.Node.Configuration;
using Microsoft.Extensions.Logging;

namespace Concierge.Node.Tests.Configuration;

public sealed class LayeringTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reference_AloneIsAWorkingConfiguration()
    {
        var settings = NodeSettings.Load();

        settings.Host.ShouldBe("127.0.0.1");
        settings.Port.ShouldBe(64209);
        settings.Secret.ShouldBeNull();
        settings.Tls.ShouldBeNull();
        settings.Name.ShouldBe(Environment.MachineName);
        settings.Logging.ShouldBe(new LoggingSettings(LogLevel.Information, Json: false));
        settings.HeartbeatInterval.ShouldBe(TimeSpan.FromSeconds(5));
        settings.HeartbeatTimeout.ShouldBe(TimeSpan.FromSeconds(10));
        settings.IdentifyTimeout.ShouldBe(TimeSpan.FromSeconds(5));
        settings.Limits.ShouldBe(new LimitSettings(1 << 20, 4 << 20, 10_000));
        settings.AdminSecret.ShouldBeNull();
        settings.Files.ShouldBe(new FileSettings(Enabled: true, Directory: null, MaxSize: 1 << 30, Strict: false));
    }

    [Fact]
    public void Dialects_AreOn_ButForANodeThatWasGivenAPortOfItsOwn_AndNoneForThem()
    {
        NodeSettings.Load().Dialects.ShouldBe(new DialectSettings(5001, 8765, 10, 7070, 7071, IotWelcomeText: false, 9091));
        NodeSettings.Load(["--port", "0"]).Dialects.ShouldBe(new DialectSettings(null, null, 10, null, null, IotWelcomeText: false, null));
        NodeSettings.Load(["--port", "0", "--set", "concierge.dialects.iot.browser-port=0", "--set", "concierge.dialects.ros-device.enabled=on"])
            .Dialects.ShouldBe(new DialectSettings(null, null, 10, null, 0, IotWelcomeText: false, 9091));
    }

    [Fact]
    public void EachSource_OverridesTheWeakerOnes()
    {
        var ofEnvironment = _folder.Write("environment.conf", "concierge { port = 1, name = one, identify-timeout = 1s, limits.connections = 1, files.strict = on, host = one }");
        var first = _folder.Write("first.conf", "concierge { port = 2, name = two, identify-timeout = 2s, limits.connections = 2, host = two }");
        var second = _folder.Write("second.conf", "concierge { port = 3, name = three, identify-timeout = 3s, host = three }");
        var environment = new Dictionary<string, string>
        {
            ["CONCIERGE_CONFIG"] = ofEnvironment,
            ["CONCIERGE__PORT"] = "4",
            ["CONCIERGE__NAME"] = "four",
            ["CONCIERGE__HOST"] = "four",
        };

        var settings = NodeSettings.Load(
            ["--config", first, "--set", "concierge.name=five", "--config", second, "--port", "6", "--set", "concierge.port=5"], environment);

        settings.Port.ShouldBe(6, "an option of its own is stronger than --set");
        settings.Name.ShouldBe("five", "--set is stronger than the environment");
        settings.Host.ShouldBe("four", "the environment is stronger than files");
        settings.IdentifyTimeout.ShouldBe(TimeSpan.FromSeconds(3), "a later file wins over an earlier one");
        settings.Limits.Connections.ShouldBe(2, "a file of --config wins over CONCIERGE_CONFIG");
        settings.Files.Strict.ShouldBeTrue("CONCIERGE_CONFIG wins over the reference");
        settings.Files.Enabled.ShouldBeTrue("the reference has the rest");
    }

    [Fact]
    public void Set_GivenTwice_TakesTheLater() =>
        NodeSettings.Load(["--set", "concierge.port=1", "--set", "concierge.port=2"]).Port.ShouldBe(2);

    [Fact]
    public void Environment_DoubleUnderscoresSeparateAndSingleOnesAreHyphens() =>
        NodeSettings.Load([], new Dictionary<string, string> { ["CONCIERGE__LIMITS__FRAME_SIZE"] = "64KiB" }).Limits.FrameSize.ShouldBe(65536);

    [Theory]
    [InlineData("a=b:c")]
    [InlineData("#no comment")]
    [InlineData("with \"quotes\" and \\ backslash")]
    [InlineData("${no.substitution}")]
    [InlineData("[a, b]")]
    [InlineData("\"quoted\"")]
    [InlineData("{")]
    [InlineData("//")]
    public void Set_TakesTheValueAsItIsTyped(string secret) =>
        NodeSettings.Load(["--set", $"concierge.secret={secret}"]).Secret.ShouldBe(secret);

    [Fact]
    public void Set_TakesAnyKeyOfAkkas() =>
        NodeSettings.Load(["--set", "akka.actor.ask-timeout=3s"]).Hocon.GetTimeSpan("akka.actor.ask-timeout").ShouldBe(TimeSpan.FromSeconds(3));

    [Fact]
    public void Set_TakesAListAsOne() =>
        NodeSettings.Load(["--set", "akka.things=[a, b]"]).Hocon.GetStringList("akka.things").ShouldBe(["a", "b"]);

    [Fact]
    public void Include_IsLookedForBesideTheFileThatIncludes()
    {
        _folder.Write("parts/ports/port.conf", "concierge.port = 77");
        _folder.Write("parts/all.conf", "include \"ports/port.conf\"\nconcierge.name = included");
        var file = _folder.Write("main.conf", "include \"parts/all.conf\"\nconcierge.host = main");

        var settings = NodeSettings.Load(["--config", file]);

        (settings.Port, settings.Name, settings.Host).ShouldBe((77, "included", "main"));
    }

    [Fact]
    public void Include_SubstitutionsInIt_AreResolvedThere()
    {
        _folder.Write("part.conf", "shared.number = 78\nconcierge.port = ${shared.number}");
        var file = _folder.Write("main.conf", "include \"part.conf\"");

        NodeSettings.Load(["--config", file]).Port.ShouldBe(78);
    }

    [Theory]
    [InlineData("[::1]")]
    [InlineData("::1")]
    public void Host_TakesAnIPv6AddressWithAndWithoutBrackets(string host) =>
        NodeSettings.Load(["--host", host]).Host.ShouldBe("::1");

    [Fact]
    public void Settings_AsText_HoldNoSecret()
    {
        var settings = NodeSettings.Load(["--set", "concierge.secret=hush", "--set", "concierge.admin.secret=hush", "--set", "concierge.tls.password=hush", "--set", "concierge.tls.certificate=c.pfx"]);

        settings.ToString().ShouldNotContain("hush");
        settings.Tls!.ToString().ShouldNotContain("hush");
        settings.Hocon.ToString(includeFallback: true).ShouldNotContain("hush", customMessage: "Akka.NET prints its configuration when asked to");
    }
}
