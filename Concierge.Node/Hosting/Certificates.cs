using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Concierge.Node.Configuration;

namespace Concierge.Node.Hosting;

/// <summary>A server's certificate with its private key, and the certificates that lead from it to a root.</summary>
/// <param name="Server">The certificate with its private key.</param>
/// <param name="Chain">Its issuers, as far as the file has them.</param>
internal sealed record Certificates(X509Certificate2 Server, X509Certificate2Collection Chain)
{
    private const string PemMark = "-----BEGIN ";

    /// <summary>Reads them from the configured files.</summary>
    /// <exception cref="InvalidConfigurationException">They can't be read, or don't fit together.</exception>
    public static Certificates Load(TlsSettings tls)
    {
        try
        {
            var isPem = tls.Key is not null || File.ReadAllText(tls.Certificate).Contains(PemMark, StringComparison.Ordinal);
            return isPem ? LoadPem(tls) : LoadPfx(tls);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"concierge.tls.certificate = {tls}: can't be read: {e.Message}", e);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            var key = tls.Key is null ? "" : $" with concierge.tls.key = {tls.Key}";
            throw new InvalidConfigurationException(
                $"concierge.tls.certificate = {tls}{key}: expected a PEM or PFX file, its private key, "
                + $"and in concierge.tls.password the password where they have one: {e.Message}",
                e);
        }
    }

    private static Certificates LoadPem(TlsSettings tls)
    {
        using var server = tls.Password is null
            ? X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key)
            : X509Certificate2.CreateFromEncryptedPemFile(tls.Certificate, tls.Password, tls.Key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(tls.Certificate);
        // The first is the server's own. Some platforms serve no certificate whose key exists in memory alone: through PFX it is theirs.
        chain.RemoveAt(0);
        return new Certificates(X509CertificateLoader.LoadPkcs12(server.Export(X509ContentType.Pkcs12), null), chain);
    }

    private static Certificates LoadPfx(TlsSettings tls)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(tls.Certificate, tls.Password);
        var server = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new CryptographicException("there is no private key in it");
        all.Remove(server);
        return new Certificates(server, all);
    }
}
