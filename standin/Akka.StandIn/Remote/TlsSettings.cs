using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;

namespace Akka.Remote;

/// <summary>
/// One certificate for all nodes, as in Akka.NET 1.5.30: a node that connects demands that the other shows a valid one for the DNS name of its own certificate.
/// A node that is connected to demands none; what it is sent is encrypted, not authenticated.
/// </summary>
internal sealed class TlsSettings
{
    private readonly X509Certificate2 _certificate;
    private readonly bool _suppressValidation;

    internal TlsSettings(Config ssl)
    {
        var path = ssl.GetString("certificate.path");
        if (string.IsNullOrEmpty(path))
            throw new ConfigurationException("akka.remote.dot-netty.tcp.enable-ssl is on, but akka.remote.dot-netty.tcp.ssl.certificate.path is empty; expected a PFX file.");
        try
        {
            _certificate = X509CertificateLoader.LoadPkcs12FromFile(path, ssl.GetString("certificate.password"));
        }
        catch (Exception e)
        {
            throw new ConfigurationException($"akka.remote.dot-netty.tcp.ssl.certificate.path: [{path}] can't be loaded with the given password: {e.Message}", e);
        }
        _suppressValidation = ssl.GetBoolean("suppress-validation");
    }

    internal async Task<Stream> AcceptAsync(Stream stream, CancellationToken timeout)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, timeout).ConfigureAwait(false);
        return tls;
    }

    internal async Task<Stream> ConnectAsync(Stream stream, CancellationToken timeout)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = _certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false) };
        if (_suppressValidation)
#pragma warning disable CA5359 // That is what the key asks for.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        else
            options.ClientCertificates = [_certificate];
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(options, timeout).ConfigureAwait(false);
        return tls;
    }
}
