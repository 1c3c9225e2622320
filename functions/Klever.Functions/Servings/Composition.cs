using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Intents;
using Klever.Kubernetes.Serving.Requests;
using Klever.Kubernetes.Serving.Routing;
using Klever.Kubernetes.Serving.Seldon;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.Servings;

/// <summary>From a request to the objects that serve it: what the registry says of each model decides, not what the caller believes.</summary>
internal sealed class Composition(RegistryClient registry, ServingOptions options)
{
    /// <exception cref="ServingException">The request cannot be served; it names the field.</exception>
    public ServingRequest Parse(JsonObject body, string namespaceName, string? name = null)
    {
        var request = ServingRequest.Parse(body, namespaceName, options, name);
        foreach (var predictor in request.Predictors.Where(p => p.Model.Registry != options.Registry))
        {
            throw Invalid(predictor, $"{predictor.Model.Registry} is not the registry whose rights decide here; push or replicate the "
                + $"model to {options.Registry}, or have an administrator name the host in Klever:Jobs:RegistryAliases.");
        }

        return request;
    }

    /// <param name="request">What is wanted.</param>
    /// <param name="live">What is there; null when nothing is. Models that it runs keep their digest.</param>
    /// <exception cref="ServingException">A model is missing, is none, or cannot be served.</exception>
    public async Task<ComposedServing> ComposeAsync(ServingRequest request, JsonObject? live, CancellationToken cancellationToken)
    {
        var pinned = live is null ? new Dictionary<ModelReference, Digest>() : PinnedModels.Of(live, options);
        var models = new Dictionary<ModelReference, ServedModel>();
        foreach (var predictor in request.Predictors.Where(p => !models.ContainsKey(p.Model)))
        {
            models[predictor.Model] = await FindAsync(predictor, pinned.GetValueOrDefault(predictor.Model), cancellationToken);
        }

        var local = options.In(request.Namespace);
        var plan = ServingComposer.Compose(request, models, local);
        var deployment = SeldonRenderer.Render(plan, local);
        ServingIntent.Attach(deployment, request);
        return new ComposedServing(request, deployment, RouteRenderer.Render(plan, local.Routing));
    }

    private async Task<ServedModel> FindAsync(PredictorRequest predictor, Digest? pinned, CancellationToken cancellationToken)
    {
        var wanted = pinned is null ? predictor.Model : predictor.Model.WithDigest(pinned);
        try
        {
            var artifact = await ModelArtifacts.FetchAsync(
                registry.Repository(wanted.Repository), wanted.TagOrDigest ?? "latest", cancellationToken);
            return new ServedModel(artifact.Digest, artifact.OrmbFile);
        }
        catch (NotAModelException exception)
        {
            throw Invalid(predictor, exception.Message);
        }
        catch (RegistryException exception) when (exception.IsNotFound)
        {
            throw Invalid(predictor, pinned is null
                ? $"{wanted} is not in the registry; push it, or correct the reference."
                : $"{wanted}, which this serving runs, is no longer in the registry; name another tag or digest.");
        }
    }

    private static ServingException Invalid(PredictorRequest predictor, string problem) =>
        new(ServingProblems.FieldInvalid, $"{predictor.Path}.graph.modelUri", problem);
}
