using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;
using Xunit.Abstractions;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>What nodes tell each other, over TLS, with one certificate of our own making for all of them.</summary>
[Collection(nameof(TestCluster))]
public sealed class ClusterTlsTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("concierge-tests-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task NodesWithOneCertificate_AreOneConcierge_AndANodeWithoutTlsCannotJoin()
    {
        using X509Certificate2 certificate = MakeCertificate();
        string pfx = Path.Combine(_directory.FullName, "node.pfx"), authority = Path.Combine(_directory.FullName, "authority.pem");
        await File.WriteAllBytesAsync(pfx, certificate.Export(X509ContentType.Pfx, "pass word"));
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem());
        // What the system trusts, for OpenSSL.
        Place[] places = [.. Enumerable.Range(1, 3).Select(number => Place.OnThisMachine(number) with { Launcher = ["env", $"SSL_CERT_FILE={authority}"] })];
        await using TestCluster cluster = await TestCluster.StartAsync(
            output, places, "akka.remote.dot-netty.tcp.enable-ssl=on",
            $"akka.remote.dot-netty.tcp.ssl.certificate.path={pfx}", "akka.remote.dot-netty.tcp.ssl.certificate.password=\"pass word\"");
        WireClient ann = await cluster[0].JoinAsync("ann"), bob = await cluster[1].JoinAsync("bob"), cid = await cluster[2].JoinAsync("cid");
        Conversation talk = await Conversation.BeginAsync(ann, bob);

        await using var bare = RunningProgram.StartBuilt(
            "Concierge.Node", "--port", "0", "--cluster", $"127.0.0.1:{FreePort.Next()}", "--seed", places[0].ClusterAddress);
        await bare.ReadErrorAsync("Still waiting to become part of the cluster");
        bare.Terminate();
        (await bare.WaitForExitAsync()).ShouldBe(0);
        (await bare.ReadToEndAsync()).ShouldBeEmpty("it never was ready");

        await talk.EndAsync();
        await cluster.ShouldAgreeAsync((0, ann), (1, bob), (2, cid));
        cluster.ShouldHaveLoggedNoFault();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=concierge.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("concierge.test");
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
