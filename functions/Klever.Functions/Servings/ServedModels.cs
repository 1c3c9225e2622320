using System.Text.Json.Nodes;
using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Requests;
using Klever.Models;

namespace Klever.Functions.Servings;

/// <summary>Which models a SeldonDeployment serves, and so who may see or change it. What serves anything else is not Harbor's to decide
/// about, and shown to nobody whom Harbor vouches for.</summary>
internal sealed class ServedModels(IAccess access, ServingOptions options, NamespaceMap namespaces)
{
    /// <exception cref="AccessDeniedException">The caller may not push to one of the models, or it is not served in this namespace.</exception>
    public async Task RequireAsync(HttpRequest caller, ServingRequest request, CancellationToken cancellationToken)
    {
        foreach (var repository in request.Predictors.Select(predictor => predictor.Model.Repository).Distinct())
        {
            await access.RequireAsync(caller, repository, Right.Push, cancellationToken);
            namespaces.Require(request.Namespace, repository);
        }
    }

    /// <exception cref="AccessDeniedException">The caller lacks the right on one of the models, or they are not of our registry.</exception>
    public async Task RequireAsync(HttpRequest caller, JsonObject serving, Right right, CancellationToken cancellationToken)
    {
        if (!IsDecidable(serving))
        {
            throw AccessDeniedException.Undecided(
                $"This SeldonDeployment serves what is not in {options.Registry}; who may do what with it is for the cluster to decide.");
        }

        await access.RequireAllAsync(caller, Repositories(serving), right, cancellationToken);
    }

    /// <summary>The servings whose models the caller may pull; each repository is asked about once.</summary>
    public async Task<IReadOnlyList<JsonObject>> VisibleAsync(
        HttpRequest caller, IReadOnlyList<JsonObject> servings, CancellationToken cancellationToken)
    {
        var decidable = servings.Where(IsDecidable).ToList();
        var pullable = await access.PullableAsync(caller, decidable.SelectMany(Repositories), cancellationToken);
        return [.. decidable.Where(serving => Repositories(serving).All(pullable.Contains))];
    }

    private bool IsDecidable(JsonObject serving) =>
        access is OpenAccess || (Models(serving).Any() && Models(serving).All(m => m is not null));

    private IEnumerable<string> Repositories(JsonObject serving) =>
        Models(serving).OfType<ModelReference>().Select(m => m.Repository).Distinct();

    // Null for a model that is not in our registry.
    private IEnumerable<ModelReference?> Models(JsonObject serving) =>
        (serving["spec"]?["predictors"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(p => Models(p["graph"]));

    private IEnumerable<ModelReference?> Models(JsonNode? graph)
    {
        var children = (graph?["children"] as JsonArray ?? []).SelectMany(Models);
        return graph?["modelUri"] is JsonValue uri && uri.TryGetValue(out string? text)
            ? children.Prepend(ModelReference.TryParse(text, out var model) && options.Resolve(model).Registry == options.Registry ? model : null)
            : graph?["children"] is JsonArray { Count: > 0 } ? children : [null];
    }
}
