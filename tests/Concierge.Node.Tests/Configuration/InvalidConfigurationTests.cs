using Concierge.Node.Configuration;

namespace Concierge.Node.Tests.Configuration;

public sealed class InvalidConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("concierge.port=seventy", "concierge.port = seventy (--set)", "a whole number from 0 to 65535")]
    [InlineData("concierge.port=65536", "concierge.port = 65536", "from 0 to 65535")]
    [InlineData("concierge.port=-1", "concierge.port = -1", "from 0 to 65535")]
    [InlineData("concierge.port=99999999999999999999", "concierge.port", "from 0 to 65535")]
    [InlineData("concierge.port=", "concierge.port", "from 0 to 65535")]
    [InlineData("concierge.port=null", "concierge.port = null", "from 0 to 65535")]
    [InlineData("concierge.port=[1,2]", "concierge.port", "from 0 to 65535")]
    [InlineData("concierge.host=", "concierge.host", "an IP address or a host's name")]
    [InlineData("concierge.host=not a host", "concierge.host = not a host", "an IP address or a host's name")]
    [InlineData("concierge.logging.level=loud", "concierge.logging.level = loud", "trace, debug, info, warning, error, off")]
    [InlineData("concierge.logging.format=xml", "concierge.logging.format = xml", "text, json")]
    [InlineData("concierge.heartbeat.interval=soon", "concierge.heartbeat.interval = soon", "a duration from 100ms to 1h")]
    [InlineData("concierge.heartbeat.interval=infinite", "concierge.heartbeat.interval = infinite", "a duration")]
    [InlineData("concierge.heartbeat.interval=-5s", "concierge.heartbeat.interval = -5s", "a duration")]
    [InlineData("concierge.heartbeat.timeout=5s", "concierge.heartbeat.timeout = 5s", "more than concierge.heartbeat.interval")]
    [InlineData("concierge.limits.frame-size=1023B", "concierge.limits.frame-size = 1023B", "a size from 1KiB to 64MiB")]
    [InlineData("concierge.limits.frame-size=1 parsec", "concierge.limits.frame-size = 1 parsec", "a size")]
    [InlineData("concierge.limits.frame-size=8MiB", "concierge.limits.outgoing-queue = 4MiB", "no less than twice concierge.limits.frame-size")]
    [InlineData("concierge.limits.connections=0", "concierge.limits.connections = 0", "from 1 to 1000000")]
    [InlineData("concierge.files.strict=maybe", "concierge.files.strict = maybe", "on or off")]
    [InlineData("concierge.files.max-size=0", "concierge.files.max-size = 0", "a size from 1B to 1TiB")]
    [InlineData("concierge.dialects.chatroom.rooms=0", "concierge.dialects.chatroom.rooms = 0", "from 1 to 1000")]
    [InlineData("concierge.dialects.robot-chat.enabled=yes", "concierge.dialects.robot-chat.enabled = yes", "on, off, auto")]
    [InlineData("concierge.dialects.robot-chat.port=65536", "concierge.dialects.robot-chat.port = 65536", "from 0 to 65535")]
    [InlineData("concierge.dialects.robot-chat.port=64209", "concierge.dialects.robot-chat.port = 64209", "another port than concierge.port has")]
    [InlineData("concierge.dialects.chatroom.port=5001", "concierge.dialects.chatroom.port = 5001", "another port than concierge.dialects.robot-chat.port has")]
    [InlineData("concierge.origins=", "concierge.origins", "addresses of pages such as https://app.example.org")]
    [InlineData("concierge.origins=all", "concierge.origins = all", "addresses of pages")]
    [InlineData("concierge.origins=https://app.example.org/", "concierge.origins = https://app.example.org/", "without a path")]
    [InlineData("concierge.origins=ws://app.example.org", "concierge.origins", "addresses of pages")]
    [InlineData("concierge.tls.key=key.pem", "concierge.tls.key = key.pem", "concierge.tls.certificate beside it")]
    public void Value_ThatCannotWork_IsNamedWithItsKeyAndWhatWasExpected(string setting, string what, string expected)
    {
        var error = Fault("--set", setting);

        error.ShouldContain(what);
        error.ShouldContain(expected);
    }

    [Theory]
    [InlineData("concierge.prot=1", "did you mean concierge.port?")]
    [InlineData("concierge.limits.framesize=1KiB", "did you mean concierge.limits.frame-size?")]
    [InlineData("concierge.port.number=1", "concierge.port.number")]
    [InlineData("concierge.files=off", "concierge.files (--set): is a section")]
    [InlineData("concierge.something-else-entirely=1", "hocon/concierge.conf lists every key")]
    [InlineData("port=1", "did you mean concierge.port?")]
    public void Key_ThatIsUnknown_IsNamedWithTheNearest(string setting, string expected) => Fault("--set", setting).ShouldContain(expected);

    [Fact]
    public void Key_UnknownInTheEnvironment_IsNamedByItsVariable()
    {
        var environment = new Dictionary<string, string> { ["CONCIERGE__LIMITS__FRAMESIZE"] = "1KiB" };

        var error = Should.Throw<InvalidConfigurationException>(() => NodeSettings.Load([], environment)).Message;

        error.ShouldContain("CONCIERGE__LIMITS__FRAMESIZE");
        error.ShouldContain("concierge.limits.frame-size");
    }

    [Fact]
    public void Value_WrongInAFile_IsNamedWithTheFile()
    {
        var file = _folder.Write("node.conf", "concierge.port = many");

        Fault("--config", file).ShouldContain($"concierge.port = many ({file})");
    }

    [Fact]
    public void File_ThatIsMissing_IsNamed() => Fault("--config", _folder.Path("missing.conf")).ShouldContain("missing.conf: can't be read");

    [Fact]
    public void File_ThatIsAFolder_IsNamed() => Fault("--config", _folder.Path("")).ShouldContain("can't be read");

    [Theory]
    [InlineData("concierge {\n  port = 1\n", "line 1: a { that is never closed")]
    [InlineData("concierge {\n  port = 1\n}}", "line 3: a } without its {")]
    [InlineData("concierge {\n  things = [1, 2\n}", "line 3: a } where the [ of line 2 is still open")]
    [InlineData("# don't mind } this\nconcierge.name = \"open", "line 2: a \" that is never closed")]
    [InlineData("concierge.port = ${nowhere}", "is not valid HOCON")]
    [InlineData("concierge.url = http://x", "is not valid HOCON")]
    public void File_ThatIsNoHocon_IsNamedWithTheFault(string text, string expected)
    {
        var file = _folder.Write("broken.conf", text);

        var error = Fault("--config", file);

        error.ShouldContain("broken.conf: ");
        error.ShouldContain(expected);
    }

    [Fact]
    public void Include_OfAMissingFile_IsNamed() =>
        Fault("--config", _folder.Write("main.conf", "include \"gone.conf\"")).ShouldContain("gone.conf: can't be read");

    [Fact]
    public void Include_OfItself_EndsWithAnError() =>
        Fault("--config", _folder.Write("loop.conf", "include \"loop.conf\"")).ShouldContain("does a file include itself?");

    [Theory]
    [InlineData("--unknown", "--unknown")]
    [InlineData("--port", "--port")]
    [InlineData("stray", "stray")]
    [InlineData("no-equals-sign", "--set", "no-equals-sign")]
    [InlineData("KEY=VALUE", "--set", "=value")]
    [InlineData("concierge..port", "--set", "concierge..port=1")]
    public void CommandLine_ThatIsNotUnderstood_NamesTheArgument(string named, params string[] args) => Fault(args).ShouldContain(named);

    [Fact]
    public void Secret_InAConfigurationThatCannotWork_IsNotInTheError()
    {
        var file = _folder.Write("secret.conf", "concierge.secret = \"hush\nconcierge.port = 1");

        Fault("--config", file).ShouldNotContain("hush");
        Fault("--set", "concierge.secrets=hush").ShouldNotContain("hush");
        Fault("--set", "concierge.secret.value=hush").ShouldNotContain("hush");
    }

    private static string Fault(params string[] args)
    {
        var message = Should.Throw<InvalidConfigurationException>(() => NodeSettings.Load(args)).Message;
        message.ShouldNotContain('\n');
        return message;
    }
}
