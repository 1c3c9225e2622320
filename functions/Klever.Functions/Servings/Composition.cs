using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Requests;
using Klever.Kubernetes.Serving.Seldon;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.Servings;

/// <summary>From a request to the SeldonDeployment: what the registry says of each model decides, not what the caller believes.</summary>
internal sealed class Composition(RegistryClient registry, ServingOptions options)
{
    /// <exception cref="ServingException">The request cannot be served; it names the field.</exception>
    public ServingRequest Parse(JsonObject body, string namespaceName, string? name = null) =>
        ServingRequest.Parse(body, namespaceName, options, name);

    /// <exception cref="ServingException">A model is missing, is none, or cannot be served.</exception>
    public async Task<JsonObject> ComposeAsync(ServingRequest request, CancellationToken cancellationToken)
    {
        var models = new Dictionary<ModelReference, ServedModel>();
        foreach (var predictor in request.Predictors)
        {
            models[predictor.Model] = await FindAsync(predictor, cancellationToken);
        }

        return SeldonRenderer.Render(ServingComposer.Compose(request, models, options), options);
    }

    private async Task<ServedModel> FindAsync(PredictorRequest predictor, CancellationToken cancellationToken)
    {
        try
        {
            var artifact = await ModelArtifacts.FetchAsync(
                registry.Repository(predictor.Model.Repository), predictor.Model.TagOrDigest ?? "latest", cancellationToken);
            return new ServedModel(artifact.Digest, artifact.OrmbFile);
        }
        catch (NotAModelException exception)
        {
            throw Invalid(predictor, exception.Message);
        }
        catch (RegistryException exception) when (exception.IsNotFound)
        {
            throw Invalid(predictor, $"{predictor.Model} is not in the registry; push it, or correct the reference.");
        }
    }

    private static ServingException Invalid(PredictorRequest predictor, string problem) =>
        new(ServingProblems.FieldInvalid, $"{predictor.Path}.graph.modelUri", problem);
}
