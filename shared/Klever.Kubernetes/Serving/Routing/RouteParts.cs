using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Routing;

/// <summary>What both kinds of route have in common.</summary>
internal static class RouteParts
{
    private const int MaximumServiceName = 63;

    public static string Prefix(ServingPlan plan, RoutingOptions options) =>
        $"{options.Prefix}/{plan.Namespace}/{plan.Name}";

    /// <summary>The Service that Seldon makes for a predictor; it hashes longer names, which nobody could
    /// follow.</summary>
    public static string Service(ServingPlan plan, string predictor)
    {
        var name = $"{plan.Name}-{predictor}";
        return name.Length <= MaximumServiceName
            ? name
            : throw new ServingException(
                ServingProblems.FieldInvalid, "metadata.name",
                $"with the predictor {predictor} it makes a Service name of more than {MaximumServiceName} characters; "
                + "shorten one of them.");
    }

    public static int Port(ServingPlan plan, string predictor) =>
        plan.Predictors.First(p => p.Name == predictor).HttpPort;

    public static JsonObject Object(string apiVersion, string kind, ServingPlan plan, JsonObject spec) => new()
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = RouteRenderer.NameOf(plan.Name),
            ["namespace"] = plan.Namespace,
            ["labels"] = new JsonObject
            {
                [RouteRenderer.ManagedBy] = RouteRenderer.Manager,
                [ServingLabels.Serving] = plan.Name,
            },
        },
        ["spec"] = spec,
    };
}
