using Klever.Functions.Access;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Jobs;
using Klever.Oci;
using Klever.Oci.Harbor;
using Klever.Oci.Transport;
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
        services.AddSingleton<ModelCatalogs>();
        services.AddSingleton<Projects>();
        services.AddSingleton(_ => new ClusterClient(ClusterOptions(options)));
        services.AddSingleton(_ => options.Jobs);
        services.AddSingleton(options.Registry);
        services.AddSingleton(_ => StateStores.CreateClient(options.State));
        services.AddSingleton(provider => StateStores.Create(options.State, provider));
        services.AddSingleton(provider => new HarborAccess(
            options.Registry, AccessClient(options.Registry), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IAccess>(provider => options.Access == AccessMode.Open
            ? new OpenAccess()
            : provider.GetRequiredService<HarborAccess>());
    }

    internal static RegistryOptions RegistryOptions(RegistrySettings registry) => new()
    {
        Address = registry.Address,
        InsecureTls = registry.Insecure,
        Credential = registry.Credential,
    };

    private static ClusterOptions ClusterOptions(KleverOptions options) => new()
    {
        Api = options.KubernetesApi,
        Kubeconfig = options.Kubeconfig,
    };

    private static HttpClient AccessClient(RegistrySettings registry) =>
        new(RegistryHandler.Create(RegistryOptions(registry))) { Timeout = AccessTimeout };
}
