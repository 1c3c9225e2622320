using System.Text.Json.Nodes;

namespace Klever.Functions.Sweep;

/// <summary>A part of what a sweep finds.</summary>
/// <param name="Findings">What it would send.</param>
/// <param name="PassedOver">Repositories that cannot be read, and why.</param>
/// <param name="Continue">The repository to go on after; null at the end.</param>
internal sealed record SweepPage(
    IReadOnlyList<SweepFinding> Findings, IReadOnlyDictionary<string, string> PassedOver, string? Continue)
{
    public JsonObject ToJson()
    {
        var document = new JsonObject { ["items"] = new JsonArray([.. Findings.Select(finding => (JsonNode)finding.ToJson())]) };
        if (PassedOver.Count > 0)
        {
            document["passedOver"] = new JsonArray([.. PassedOver.Select(JsonNode (problem) => new JsonObject
            {
                ["repository"] = problem.Key,
                ["reason"] = problem.Value,
            })]);
        }

        if (Continue is not null)
        {
            document["continue"] = Continue;
        }

        return document;
    }
}
