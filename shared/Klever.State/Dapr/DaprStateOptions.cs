namespace Klever.State.Dapr;

/// <summary>Which Dapr state component to use.</summary>
public sealed record DaprStateOptions
{
    /// <summary>Name of the component (<c>metadata.name</c>).</summary>
    public string StoreName { get; init; } = "klever-state";

    /// <summary>Put before every key, for a component that several applications share without a <c>keyPrefix</c> of
    /// its own.</summary>
    public string KeyPrefix { get; init; } = "";
}
