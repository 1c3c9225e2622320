using System.Text.Json.Nodes;

namespace Klever.Functions.ProjectSetup;

/// <summary>What a setup did, and what it left to somebody else.</summary>
internal sealed record SetupReport(string Project, string NamespaceName, IReadOnlyList<SetupStep> Steps)
{
    private IEnumerable<SetupStep> Undone => Steps.Where(step => step.Todo is not null);

    /// <summary>200 when all is right, 403 when rights are missing, 409 when something else is in the way.</summary>
    public int Status =>
        !Undone.Any() ? StatusCodes.Status200OK
        : Undone.Any(step => step.Outcome == SetupOutcome.Refused) ? StatusCodes.Status403Forbidden
        : StatusCodes.Status409Conflict;

    public JsonObject ToJson() => new()
    {
        ["project"] = Project,
        ["namespace"] = NamespaceName,
        ["complete"] = !Undone.Any(),
        ["message"] = Undone.Any()
            ? $"Not all of {Project} could be set up: {string.Join(", ", Undone.Select(step => step.Name))}. \"todo\" says what an administrator has to do."
            : $"{Project} is ready for models.",
        ["steps"] = new JsonArray([.. Steps.Select(JsonNode (step) => new JsonObject
        {
            ["name"] = step.Name,
            ["outcome"] = step.Outcome.ToString().ToLowerInvariant(),
            ["detail"] = step.Detail,
        })]),
        ["todo"] = new JsonArray([.. Undone.Select(JsonNode (step) => JsonValue.Create(step.Todo!))]),
    };
}
