using Dapr.Client;
using Klever.State;
using Klever.State.Dapr;
using Klever.State.Sqlite;

namespace Klever.Functions.Hosting;

/// <summary>Chooses the state store: a Dapr component when one is named, else a SQLite file. The Dapr client finds its sidecar by
/// DAPR_GRPC_ENDPOINT or DAPR_GRPC_PORT, so a shared Dapr serves as well as one in the Pod.</summary>
internal static class StateStores
{
    public static IStateStore Create(StateSettings settings, IServiceProvider services) => settings.DaprStore is { Length: > 0 } store
        ? new DaprStateStore(
            services.GetRequiredService<DaprClient>(), new DaprStateOptions { StoreName = store, KeyPrefix = settings.KeyPrefix })
        : new SqliteStateStore(settings.Path);

    /// <summary>Connects on first use only.</summary>
    public static DaprClient CreateClient(StateSettings settings)
    {
        var builder = new DaprClientBuilder();
        if (settings.DaprGrpcEndpoint is { } grpc)
        {
            builder.UseGrpcEndpoint(grpc.ToString());
        }

        if (settings.DaprHttpEndpoint is { } http)
        {
            builder.UseHttpEndpoint(http.ToString());
        }

        return builder.Build();
    }
}
