using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Klever.Kubernetes.Cluster;
using Klever.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Klever.Kubernetes.Tests.Cluster;

/// <summary>A kubeconfig with certificates, against a server that has one of its own authority and asks for one.</summary>
public sealed class ClusterConnectionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly X509Certificate2 _authority = Certificate("cluster-authority", issuer: null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_WithTheAuthorityOfTheCluster_IsAnsweredForTheCertificateOfTheCaller()
    {
        await using var server = await StartAsync();
        using var client = Client(server, _authority);

        var job = await client.ModelJobs.GetAsync("default", "one", Token);

        Assert.Equal("CN=caller", job.Metadata.Labels["caller"]);
    }

    [Fact]
    public async Task Request_WithAnotherAuthority_IsNotSent()
    {
        await using var server = await StartAsync();
        using var other = Certificate("other-authority", issuer: null);
        using var client = Client(server, other);

        var refused = await Assert.ThrowsAsync<ClusterException>(() => client.ModelJobs.GetAsync("default", "one", Token));

        Assert.Equal(ClusterFailure.Transient, refused.Failure);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    private ClusterClient Client(WebApplication server, X509Certificate2 authority)
    {
        using var caller = Certificate("caller", _authority);
        var kubeconfig = $$$"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters: [{name: test, cluster: {server: "{{{server.Urls.Single()}}}", certificate-authority-data: {{{Base64(authority.ExportCertificatePem())}}}}}]
            users: [{name: test, user: {client-certificate-data: {{{Base64(caller.ExportCertificatePem())}}}, client-key-data: {{{Base64(caller.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())}}}}}]
            contexts: [{name: test, context: {cluster: test, user: test}}]
            """;
        _directory.Write("kubeconfig", kubeconfig);
        return new ClusterClient(new ClusterOptions { Kubeconfig = Path.Combine(_directory.Path, "kubeconfig") });
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = Certificate("api-server", _authority);
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (_, _, _) => true;
        })));
        var app = builder.Build();
        app.MapGet("/apis/kleveross.io/v1alpha1/namespaces/default/modeljobs/one", (HttpContext context) => Results.Text($$$"""
            {"apiVersion":"kleveross.io/v1alpha1","kind":"ModelJob","metadata":{"name":"one","labels":{"caller":"{{{context.Connection.ClientCertificate!.Subject}}}"}},"spec":{"model":"a/b:c"}}
            """, "application/json"));
        await app.StartAsync(Token);
        return app;
    }

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    private static X509Certificate2 Certificate(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, to);
        }

        using var certificate = request.Create(issuer, from, to.AddMinutes(-1), Guid.NewGuid().ToByteArray());
        using var withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), password: null, X509KeyStorageFlags.Exportable);
    }
}
