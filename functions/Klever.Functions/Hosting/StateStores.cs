using Dapr.Client;
using Klever.State;
using Klever.State.Dapr;
using Klever.State.Sqlite;

namespace Klever.Functions.Hosting;

/// <summary>Chooses the state store: a Dapr component when one is named, else a SQLite file. The Dapr client finds its sidecar by
/// DAPR_GRPC_ENDPOINT or DAPR_GRPC_PORT, so a shared Dapr serves as well as one in the Pod.</summary>
internal static class StateStores
{
    public static IStateStore Create(StateSettings settings) => settings.DaprStore is { Length: > 0 } store
        ? new DaprStateStore(
            new DaprClientBuilder().Build(), new DaprStateOptions { StoreName = store, KeyPrefix = settings.KeyPrefix })
        : new SqliteStateStore(settings.Path);
}
