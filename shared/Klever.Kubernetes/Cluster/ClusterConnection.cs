using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Authentication;

namespace Klever.Kubernetes.Cluster;

/// <summary>An HTTP client for the API server of a configuration: its address, its certificates, its credential.</summary>
/// <remarks>The client class of the package would do this too, but it brings the JSON of every kind that Kubernetes has: two
/// thirds of a program that reads three of them.</remarks>
internal sealed class ClusterConnection : IDisposable
{
    private static readonly TimeSpan PingAfter = TimeSpan.FromMinutes(3);

    public ClusterConnection(KubernetesClientConfiguration configuration)
    {
        BaseUri = new Uri(configuration.Host.TrimEnd('/') + "/");
        Credentials = k8s.Kubernetes.CreateCredentials(configuration);
        HttpClient = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            KeepAlivePingDelay = PingAfter,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            SslOptions = Tls(configuration),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Uri BaseUri { get; }

    /// <summary>Null for a server without one, as the local platform has.</summary>
    public ServiceClientCredentials? Credentials { get; }

    public HttpClient HttpClient { get; }

    public void Dispose() => HttpClient.Dispose();

    private static SslClientAuthenticationOptions Tls(KubernetesClientConfiguration configuration)
    {
        var options = new SslClientAuthenticationOptions();
        if (configuration.TlsServerName is { Length: > 0 } name)
        {
            options.TargetHost = name;
        }

        if (configuration.SkipTlsVerify)
        {
#pragma warning disable CA5359 // The kubeconfig says insecure-skip-tls-verify.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (configuration.SslCaCerts is { Count: > 0 } authorities)
        {
            options.CertificateChainPolicy = Trusting(authorities);
        }

        if (ClientCertificate(configuration) is { } certificate)
        {
            options.ClientCertificates = [certificate];
        }

        return options;
    }

    // The cluster's own authority and no other, as its certificate is issued by nobody else.
    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    // A kubeconfig holds certificate and key as files or, in base64, as PEM of its own.
    private static X509Certificate2? ClientCertificate(KubernetesClientConfiguration configuration) =>
        Pem(configuration.ClientCertificateData, configuration.ClientCertificateFilePath) is { } certificate
        && Pem(configuration.ClientCertificateKeyData, configuration.ClientKeyFilePath) is { } key
            ? X509Certificate2.CreateFromPem(certificate, key)
            : null;

    private static string? Pem(string? data, string? file) =>
        !string.IsNullOrEmpty(data) ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
        : !string.IsNullOrEmpty(file) ? File.ReadAllText(file)
        : null;
}
