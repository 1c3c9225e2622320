namespace Klever.Functions.Hosting;

/// <summary>Where the functions remember what is cheap to lose.</summary>
internal sealed record StateSettings
{
    /// <summary><c>Klever:State:DaprStore</c>: name of a Dapr state component; null for the embedded SQLite store.</summary>
    public string? DaprStore { get; init; }

    /// <summary><c>DAPR_GRPC_ENDPOINT</c>: a Dapr that several share; null for a sidecar, whose ports Dapr's own variables name.</summary>
    public Uri? DaprGrpcEndpoint { get; init; }

    /// <summary><c>DAPR_HTTP_ENDPOINT</c>: the same Dapr, for its health.</summary>
    public Uri? DaprHttpEndpoint { get; init; }

    /// <summary><c>Klever:State:Path</c>: file of the embedded store.</summary>
    public string Path { get; init; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "klever-state.db");

    /// <summary><c>Klever:State:KeyPrefix</c>: put before every key, for a store that is shared.</summary>
    public string KeyPrefix { get; init; } = "";
}
