using Klever.Functions.Access;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Jobs;
using Klever.Oci;
using Klever.Oci.Harbor;
using Klever.State;

namespace Klever.Functions.Hosting;

/// <summary>What the functions talk to. Everything is made on first use: nothing connects before the process listens.</summary>
internal static class Connections
{
    private static readonly TimeSpan AccessTimeout = TimeSpan.FromSeconds(10);

    public static void AddConnections(this IServiceCollection services, KleverOptions options)
    {
        services.AddSingleton(_ => new RegistryClient(RegistryOptions(options.Registry)));
        services.AddSingleton(_ => new HarborClient(RegistryOptions(options.Registry)));
        services.AddSingleton(provider => new RegistryProbe(provider.GetRequiredService<HarborClient>(), options.Registry));
        services.AddSingleton<CallerRegistries>();
        services.AddSingleton<Projects>();
        services.AddSingleton(_ => new ClusterClient(ClusterOptions(options)));
        services.AddSingleton(_ => options.Jobs);
        services.AddSingleton(_ => StateStores.Create(options.State));
        services.AddSingleton<IAccess>(_ => options.Access == AccessMode.Open
            ? new OpenAccess()
            : new HarborAccess(options.Registry, AccessClient(options.Registry)));
    }

    private static RegistryOptions RegistryOptions(RegistrySettings registry) => new()
    {
        Address = registry.Address,
        InsecureTls = registry.Insecure,
        Credential = registry is { Username: { } user, Password: { } password } ? new RegistryCredential(user, password) : null,
    };

    private static ClusterOptions ClusterOptions(KleverOptions options) => new()
    {
        Api = options.KubernetesApi,
        Kubeconfig = options.Kubeconfig,
    };

    private static HttpClient AccessClient(RegistrySettings registry)
    {
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false };
        if (registry.Insecure)
        {
#pragma warning disable CA5359 // Chosen by name (Klever:Registry:Insecure), for a registry with a certificate of its own.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return new HttpClient(handler) { Timeout = AccessTimeout };
    }
}
