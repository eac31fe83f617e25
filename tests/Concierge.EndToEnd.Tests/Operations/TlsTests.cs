using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Operations;

/// <summary>A node with a certificate of its own making, as PEM and as PFX.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("concierge-tests-");
    private readonly X509Certificate2 _certificate = MakeCertificate();

    public void Dispose()
    {
        _certificate.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task PemWithItsKey_ServesWebSocketsAndHttpOverTls()
    {
        string certificate = Write("node.pem", _certificate.ExportCertificatePem().Utf8());
        string key = Write("node.key", _certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem().Utf8());

        await using NodeProcess node = await NodeProcess.StartAsync(_certificate, $"tls.certificate={certificate}", $"tls.key={key}");

        await ExpectServiceAsync(node);
    }

    [Fact]
    public async Task PfxWithItsPassword_ServesWebSocketsAndHttpOverTls()
    {
        string certificate = Write("node.pfx", _certificate.Export(X509ContentType.Pfx, "pass word"));

        await using NodeProcess node = await NodeProcess.StartAsync(_certificate, $"tls.certificate={certificate}", "tls.password=pass word");

        await ExpectServiceAsync(node);
    }

    private static async Task ExpectServiceAsync(NodeProcess node)
    {
        node.Url.Scheme.ShouldBe("wss");
        WireClient sender = await node.JoinAsync(), receiver = await node.JoinAsync();
        string target = Payloads.ToUuid(receiver.Uuid), big = $"\"{new string('x', 200_000)}\"";

        await sender.PipelineAsync(Enumerable.Repeat(Payloads.Message(target, big), 10));

        for (int i = 0; i < 10; i++) await receiver.ExpectAsync(Payloads.Received(sender, target, big));
        for (int i = 0; i < 10; i++) await sender.ExpectAsync(Payloads.Ok(i));
        (await node.Http.GetStringAsync(new Uri("healthz", UriKind.Relative))).ShouldNotBeEmpty();
        await sender.LeaveAsync();
        node.Program.Terminate();
        (await receiver.ReceiveCloseAsync()).ShouldBe(1001);
        (await node.Program.WaitForExitAsync()).ShouldBe(0);
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=concierge.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
