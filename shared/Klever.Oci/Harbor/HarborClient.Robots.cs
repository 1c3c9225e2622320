using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Klever.Oci.Harbor;

public sealed partial class HarborClient
{
    /// <summary>The robot accounts of a project.</summary>
    public async IAsyncEnumerable<HarborRobot> ListRobotsAsync(
        HarborProject project, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var query = Uri.EscapeDataString($"Level=project,ProjectID={project.Id}");
        await foreach (var robot in ListAsync($"{HarborPath.Root}/robots?q={query}", cancellationToken))
        {
            var expiry = Long(robot, "expires_at");
            yield return new HarborRobot(
                Long(robot, "id"),
                HarborArtifact.Text(robot, "name") ?? "",
                robot["disable"] is JsonValue disabled && disabled.TryGetValue(out bool isDisabled) && isDisabled,
                expiry > 0 && expiry < _options.Time.GetUtcNow().ToUnixTimeSeconds());
        }
    }

    /// <summary>Creates a robot account that never expires, for the repositories of one project.</summary>
    /// <param name="name">Its own part of the name: <c>klever-pull</c>.</param>
    /// <param name="actions">On repositories: <c>pull</c>, <c>push</c>; who pushes must be able to pull as well.</param>
    /// <returns>Its full name and its secret, which cannot be had a second time.</returns>
    public async Task<RegistryCredential> CreateRobotAsync(
        string project, string name, string description, IReadOnlyList<string> actions, CancellationToken cancellationToken = default)
    {
        var access = actions.Select(JsonNode (action) => new JsonObject { ["resource"] = "repository", ["action"] = action });
        var body = new JsonObject
        {
            ["name"] = name,
            ["description"] = description,
            ["level"] = "project",
            ["duration"] = -1,
            ["disable"] = false,
            ["permissions"] = new JsonArray(new JsonObject
            {
                ["kind"] = "project",
                ["namespace"] = project,
                ["access"] = new JsonArray([.. access]),
            }),
        };
        var answer = await _transport.SendAsync(HttpMethod.Post, $"{HarborPath.Root}/robots", body, cancellationToken);
        return answer.Body is JsonObject created && HarborArtifact.Text(created, "name") is { } fullName
            ? new RegistryCredential(fullName, Secret(created, fullName))
            : throw new HarborException($"Harbor created the robot account {name} of {project} but did not say how it is called.");
    }

    /// <summary>Gives a robot account another secret; the one of before is worth nothing from then on.</summary>
    public async Task<RegistryCredential> RenewRobotSecretAsync(HarborRobot robot, CancellationToken cancellationToken = default)
    {
        var body = new JsonObject { ["secret"] = "" };
        var answer = await _transport.SendAsync(HttpMethod.Patch, $"{HarborPath.Root}/robots/{robot.Id}", body, cancellationToken);
        return new RegistryCredential(robot.Name, Secret(answer.Body as JsonObject ?? [], robot.Name));
    }

    private static string Secret(JsonObject answer, string robot) => HarborArtifact.Text(answer, "secret") is { Length: > 0 } secret
        ? secret
        : throw new HarborException($"Harbor did not show the secret of the robot account {robot}.");

    private static long Long(JsonObject source, string key) =>
        source[key] is JsonValue value && value.TryGetValue(out long number) ? number : 0;
}
