using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Requests;

/// <summary>What somebody asks to be served: the SeldonDeployment of Klever Model Registry's API, or the short
/// form.</summary>
/// <remarks>A SeldonDeployment that was composed before may be sent back with changes: what composing added is made
/// anew.</remarks>
public sealed record ServingRequest
{
    /// <summary>Predictors of one serving at most.</summary>
    public const int MaximumPredictors = 20;

    public required string Namespace { get; init; }

    /// <summary>A DNS label (RFC 1035), because a Service gets it.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<PredictorRequest> Predictors { get; init; }

    /// <summary>The predictor for requests whose headers match none; null when there is no routing by header.</summary>
    public string? DefaultPredictor { get; init; }

    /// <summary>The SeldonDeployment as it was sent, or made of the short form.</summary>
    internal JsonObject Source { get; init; } = [];

    /// <param name="body">The body of the request.</param>
    /// <param name="namespaceName">The namespace of the path; one in the body must be the same.</param>
    /// <param name="options">For the registry of short references.</param>
    /// <param name="name">The name of the path, for a PUT; null for a POST.</param>
    /// <exception cref="ServingException">The body is not a serving; the exception names the field.</exception>
    public static ServingRequest Parse(JsonObject body, string namespaceName, ServingOptions options, string? name = null) =>
        ServingRequestReader.Read(
            ShortForm.Is(body) ? ShortForm.ToSeldonDeployment(body) : body, namespaceName, options, name);
}
