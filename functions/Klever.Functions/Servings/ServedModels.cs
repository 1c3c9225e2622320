using System.Text.Json.Nodes;
using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Functions.Servings;

/// <summary>Who may see or change a SeldonDeployment, by what it serves (<see cref="RepositoryRights"/>).</summary>
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
    public Task RequireAsync(HttpRequest caller, JsonObject serving, Right right, CancellationToken cancellationToken) =>
        access.RequireAllAsync(caller, ServedRepositories.Of(serving, options), right, "This SeldonDeployment", cancellationToken);

    /// <summary>The servings whose models the caller may pull.</summary>
    public Task<IReadOnlyList<JsonObject>> VisibleAsync(
        HttpRequest caller, IReadOnlyList<JsonObject> servings, CancellationToken cancellationToken) =>
        access.VisibleAsync(caller, servings, serving => ServedRepositories.Of(serving, options), cancellationToken);
}
