using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Klever.Oci.Harbor;

public sealed partial class HarborClient
{
    /// <summary>All projects that the account may see.</summary>
    public async IAsyncEnumerable<HarborProject> ListProjectsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var project in ListAsync($"{HarborPath.Root}/projects?sort=name", cancellationToken))
        {
            yield return ReadProject(project);
        }
    }

    /// <summary>A project by its name; null when there is none, or none that the account may see.</summary>
    public async Task<HarborProject?> FindProjectAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await _transport.SendAsync(HttpMethod.Get, HarborPath.Project(name), body: null, cancellationToken);
            return answer.Body is JsonObject project ? ReadProject(project) : null;
        }
        catch (HarborException exception) when (exception.IsNotFound || exception.IsForbidden || exception.IsUnauthorized)
        {
            return null;
        }
    }

    /// <summary>Creates a project. False when it was there already.</summary>
    public async Task<bool> CreateProjectAsync(string name, bool isPublic = false, CancellationToken cancellationToken = default)
    {
        var body = new JsonObject
        {
            ["project_name"] = name,
            ["metadata"] = new JsonObject { ["public"] = isPublic ? "true" : "false" },
            ["storage_limit"] = -1,
        };
        try
        {
            await _transport.SendAsync(HttpMethod.Post, $"{HarborPath.Root}/projects", body, cancellationToken);
            return true;
        }
        catch (HarborException exception) when (exception.IsConflict)
        {
            return false;
        }
    }

    private static HarborProject ReadProject(JsonObject source) => new(
        source["project_id"] is JsonValue id && id.TryGetValue(out long number) ? number : 0,
        HarborArtifact.Text(source, "name") ?? "",
        source["metadata"] is JsonObject metadata && HarborArtifact.Text(metadata, "public") == "true",
        Number(source, "repo_count"));
}
