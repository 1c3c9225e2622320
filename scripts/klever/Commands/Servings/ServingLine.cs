using System.Text.Json.Nodes;
using Klever.CommandLine.Api;

namespace Klever.CommandLine.Commands.Servings;

/// <summary>A SeldonDeployment in a line for people.</summary>
internal static class ServingLine
{
    public static string Of(JsonObject serving) =>
        $"{Field.Of(serving, "metadata", "name")}: {Models(serving)}"
        + (State(serving) is { Length: > 0 } state ? $" {state}" : "");

    public static string State(JsonObject serving) => Field.Of(serving, "status", "state");

    public static string Models(JsonObject serving) => string.Join(
        ", ",
        (serving["spec"]?["predictors"] as JsonArray ?? [])
            .Select(predictor => Field.Of(predictor, "graph", "modelUri"))
            .Where(model => model.Length > 0));
}
