using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Kubernetes.Serving;

/// <summary>A serving, decided and checked, whatever renders it.</summary>
public sealed record ServingPlan
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<PredictorPlan> Predictors { get; init; }

    /// <summary>Null: requests are split by <see cref="PredictorPlan.Traffic"/>.</summary>
    public HeaderRouting? Routing { get; init; }

    /// <summary>Where the serving is reached through Seldon's gateway; <see cref="PredictorPlan.InferencePath"/>
    /// follows.</summary>
    public string GatewayPath => $"/seldon/{Namespace}/{Name}";

    /// <summary>The SeldonDeployment that was asked for.</summary>
    internal JsonObject Source { get; init; } = [];
}

/// <summary>Requests are routed by their headers: the rules in their order, then the default.</summary>
public sealed record HeaderRouting(IReadOnlyList<HeaderRoute> Routes, string DefaultPredictor);

/// <param name="Predictor">Where a request goes that matches.</param>
/// <param name="Match">The headers, all of which must match.</param>
public sealed record HeaderRoute(string Predictor, HeaderMatch Match);
