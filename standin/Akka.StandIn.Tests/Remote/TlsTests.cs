using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;

namespace Akka.StandIn.Tests.Remote;

public sealed class TlsTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Nodes _nodes = new();
    private readonly string _certificate = Path.GetTempFileName();

    public TlsTests()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=concierge.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(_certificate, certificate.Export(X509ContentType.Pfx, "password"));
    }

    public async ValueTask DisposeAsync()
    {
        await _nodes.DisposeAsync();
        File.Delete(_certificate);
    }

    [Fact]
    public async Task TwoNodesWithTls_SpeakToEachOther()
    {
        var echo = StartEcho(Tls(suppressValidation: true));
        var client = _nodes.Start("client", Tls(suppressValidation: true));

        Nodes.AddressOf(echo).Protocol.ShouldBe("akka.ssl.tcp");
        (await Ask(client, Nodes.AddressOf(echo))).Value.ShouldBe("hello");
    }

    [Fact]
    public async Task ACertificateThatNobodyVouchesFor_IsRefused()
    {
        var echo = StartEcho(Tls(suppressValidation: true));
        var client = _nodes.Start("client", Tls(suppressValidation: false));

        await Should.ThrowAsync<ActorNotFoundException>(EchoAt(Nodes.AddressOf(echo), client).ResolveOne(Patience));
    }

    [Fact]
    public async Task ANodeWithoutTls_IsNotHeard()
    {
        var echo = StartEcho(Tls(suppressValidation: true));
        var client = _nodes.Start("client");

        await Should.ThrowAsync<ActorNotFoundException>(EchoAt(Nodes.AddressOf(echo).WithProtocol("akka.tcp"), client).ResolveOne(Patience));

        var secured = _nodes.Start("secured", Tls(suppressValidation: true));
        (await Ask(secured, Nodes.AddressOf(echo))).Value.ShouldBe("hello");
    }

    [Fact]
    public void AMissingCertificate_FailsTheSystemsStart() =>
        Should.Throw<Exception>(() => _nodes.Start("bare", """akka.remote.dot-netty.tcp { enable-ssl = on, ssl.certificate.path = "/none.pfx" }"""));

    private static ActorSelection EchoAt(Address address, ActorSystem from) => from.ActorSelection(new RootActorPath(address) / "user" / "echo");

    private static Task<Text> Ask(ActorSystem from, Address to) => EchoAt(to, from).Ask<Text>(new Text("hello"), Patience);

    private ActorSystem StartEcho(string config)
    {
        var system = _nodes.Start("echo", config);
        system.ActorOf(Props.Create<Echo>(), "echo");
        return system;
    }

    private string Tls(bool suppressValidation) =>
        $$"""
        akka.remote.dot-netty.tcp {
          enable-ssl = on
          ssl {
            certificate { path = "{{_certificate}}", password = password }
            suppress-validation = {{(suppressValidation ? "on" : "off")}}
          }
        }
        """;
}
