using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Concierge.Node.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;

    public TlsTests()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=concierge", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public Task PemWithAKeyFile_Serves() =>
        ServesAsync(("certificate", Pem()), ("key", _folder.Write("key.pem", _key.ExportPkcs8PrivateKeyPem())));

    [Fact]
    public Task PemWithAnEncryptedKey_Serves() => ServesAsync(
        ("certificate", Pem()),
        ("key", _folder.Write("key.pem", _key.ExportEncryptedPkcs8PrivateKeyPem("hush", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)))),
        ("password", "hush"));

    [Fact]
    public Task PemWithTheKeyInIt_Serves() =>
        ServesAsync(("certificate", _folder.Write("both.pem", _certificate.ExportCertificatePem() + "\n" + _key.ExportPkcs8PrivateKeyPem())));

    [Fact]
    public Task Pfx_Serves() => ServesAsync(("certificate", Pfx("hush")), ("password", "hush"));

    [Fact]
    public Task Pfx_WithoutAPassword_Serves() => ServesAsync(("certificate", Pfx(null)));

    [Fact]
    public Task Pfx_WithAnotherPassword_IsAnError() => FailsAsync("concierge.tls.password", ("certificate", Pfx("hush")), ("password", "wrong-guess"));

    [Fact]
    public Task Certificate_ThatIsMissing_IsAnError() => FailsAsync("can't be read", ("certificate", _folder.Path("missing.pem")));

    [Fact]
    public Task Certificate_ThatIsNone_IsAnError() => FailsAsync("expected a PEM or PFX file", ("certificate", _folder.Write("text", "no certificate")));

    [Fact]
    public Task Pem_WithoutAKey_IsAnError() => FailsAsync("private key", ("certificate", Pem()));

    [Fact]
    public async Task Pem_WithAnothersKey_IsAnError()
    {
        using var other = RSA.Create(2048);

        await FailsAsync("private key", ("certificate", Pem()), ("key", _folder.Write("key.pem", other.ExportPkcs8PrivateKeyPem())));
    }

    private static string[] Arguments((string Key, string Value)[] tls) =>
        ["--port", "0", .. tls.SelectMany(setting => new[] { "--set", $"concierge.tls.{setting.Key}={setting.Value}" })];

    private static async Task FailsAsync(string expected, params (string Key, string Value)[] tls)
    {
        var error = await Should.ThrowAsync<InvalidConfigurationException>(() => ConciergeNode.StartAsync(Arguments(tls)));

        error.Message.ShouldStartWith("concierge.tls.certificate = ");
        error.Message.ShouldContain(expected);
        error.Message.ShouldNotContain("wrong-guess");
    }

    private string Pem() => _folder.Write("certificate.pem", _certificate.ExportCertificatePem());

    private string Pfx(string? password)
    {
        var path = _folder.Path("certificate.pfx");
        File.WriteAllBytes(path, _certificate.Export(X509ContentType.Pfx, password));
        return path;
    }

    private async Task ServesAsync(params (string Key, string Value)[] tls)
    {
        await using var node = await ConciergeNode.StartAsync(Arguments(tls));
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, served, _, _) => served!.Thumbprint == _certificate.Thumbprint };
        using var http = new HttpClient(handler);

        node.Url.Scheme.ShouldBe("wss");
        (await http.GetStringAsync(new Uri($"https://127.0.0.1:{node.Port}/"))).ShouldContain("wss");
        await using var client = await IdentifiedClient.ConnectAsync(
            node.Url, options => options.RemoteCertificateValidationCallback = (_, served, _, _) => served!.GetCertHashString() == _certificate.Thumbprint);
        client.Uuid.ShouldNotBeEmpty();
    }
}
