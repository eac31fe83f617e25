using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Concierge.Node;
using Concierge.Protocol;

namespace Concierge.Client.Tests.Node;

/// <summary>A node with a certificate of its own making, as on a robot's network.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem");
    private ConciergeNode? _node;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, $"{_certificate.ExportCertificatePem()}\n{_certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");
        _node = await ConciergeNode.StartAsync(["--port", "0", "--set", $"concierge.tls.certificate={_file}"]);
    }

    public async Task DisposeAsync()
    {
        await _node!.DisposeAsync();
        File.Delete(_file);
        _certificate.Dispose();
    }

    [Fact]
    public async Task Client_ThatKnowsTheCertificate_TalksAndMovesFilesOverTls()
    {
        await using var ann = await ConciergeClient.ConnectAsync(Options("ann", (_, shown, _, _) => _certificate.Equals(shown)));
        var heard = new TaskCompletionSource<RawJson>(TaskCreationOptions.RunContinuationsAsynchronously);
        ann.MessageReceived += (message, _) =>
        {
            heard.TrySetResult(message.Data);
            return default;
        };
        using var file = new MemoryStream();

        await ann.SendAsync(new Target.ToName("ann"), RawJson.From("\"hello\""));
        await ann.Files.UploadAsync("a.bin", new MemoryStream([1, 2, 3]));
        await ann.Files.DownloadAsync(ann.Uuid, "a.bin", file);

        (await heard.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(RawJson.From("\"hello\""));
        file.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Client_ThatDoesNot_RefusesToConnect() =>
        await Should.ThrowAsync<ConciergeException>(() => ConciergeClient.ConnectAsync(Options("bob")));

    private ConciergeClientOptions Options(string name, RemoteCertificateValidationCallback? validation = null) =>
        new() { Uri = _node!.Url, Name = name, CertificateValidation = validation };

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=concierge", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
