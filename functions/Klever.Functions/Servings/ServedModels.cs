using System.Text.Json.Nodes;
using Klever.Functions.Access;
using Klever.Models;

namespace Klever.Functions.Servings;

/// <summary>Which models a SeldonDeployment serves, and so who may see or change it.</summary>
internal static class ServedModels
{
    /// <exception cref="AccessDeniedException">The caller lacks the right on one of the models.</exception>
    public static async Task RequireAsync(
        IAccess access, HttpRequest caller, JsonObject serving, Right right, CancellationToken cancellationToken)
    {
        foreach (var repository in Repositories(serving))
        {
            await access.RequireAsync(caller, repository, right, cancellationToken);
        }
    }

    /// <summary>The servings whose models the caller may pull; each repository is asked about once.</summary>
    public static async Task<IReadOnlyList<JsonObject>> VisibleAsync(
        IAccess access, HttpRequest caller, IReadOnlyList<JsonObject> servings, CancellationToken cancellationToken)
    {
        var allowed = new Dictionary<string, bool>();
        foreach (var repository in servings.SelectMany(Repositories).Distinct())
        {
            allowed[repository] = await MayPullAsync(access, caller, repository, cancellationToken);
        }

        return [.. servings.Where(serving => Repositories(serving).All(repository => allowed[repository]))];
    }

    private static async Task<bool> MayPullAsync(
        IAccess access, HttpRequest caller, string repository, CancellationToken cancellationToken)
    {
        try
        {
            await access.RequireAsync(caller, repository, Right.Pull, cancellationToken);
            return true;
        }
        catch (AccessDeniedException exception) when (exception.Status == StatusCodes.Status403Forbidden)
        {
            return false;
        }
    }

    private static IEnumerable<string> Repositories(JsonObject serving) =>
        (serving["spec"]?["predictors"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(predictor => predictor["graph"]?["modelUri"] is JsonValue uri && uri.TryGetValue(out string? text) ? text : null)
            .Select(uri => ModelReference.TryParse(uri, out var model) ? model.Repository : null)
            .OfType<string>()
            .Distinct();
}
