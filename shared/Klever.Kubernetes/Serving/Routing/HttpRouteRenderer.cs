using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Kubernetes.Serving.Routing;

/// <summary>Header routing as HTTPRoute of the Gateway API (<c>gateway.networking.k8s.io/v1</c>). There, rules with
/// more headers go
/// first and only among equals their order counts; a default without headers is last either way.</summary>
public static class HttpRouteRenderer
{
    /// <returns>Null when the plan has no routing by header.</returns>
    public static JsonObject? Render(ServingPlan plan, RoutingOptions options)
    {
        if (plan.Routing is not { } routing)
        {
            return null;
        }

        var gateway = options.Gateway.Split('/', 2);
        var parent = new JsonObject { ["name"] = gateway[^1] };
        if (gateway.Length == 2)
        {
            parent["namespace"] = gateway[0];
        }

        var rules = routing.Routes.Select(route => Rule(plan, route.Predictor, route.Match, options))
            .Append(Rule(plan, routing.DefaultPredictor, match: null, options));
        return RouteParts.Object("gateway.networking.k8s.io/v1", "HTTPRoute", plan, new JsonObject
        {
            ["parentRefs"] = new JsonArray(parent),
            ["rules"] = new JsonArray([.. rules]),
        });
    }

    private static JsonObject Rule(ServingPlan plan, string predictor, HeaderMatch? match, RoutingOptions options)
    {
        var condition = new JsonObject
        {
            ["path"] = new JsonObject { ["type"] = "PathPrefix", ["value"] = RouteParts.Prefix(plan, options) },
        };
        if (match is not null)
        {
            condition["headers"] = new JsonArray([.. match.Headers.Select(Header)]);
        }

        return new JsonObject
        {
            ["matches"] = new JsonArray(condition),
            ["filters"] = new JsonArray(new JsonObject
            {
                ["type"] = "URLRewrite",
                ["urlRewrite"] = new JsonObject
                {
                    ["path"] = new JsonObject { ["type"] = "ReplacePrefixMatch", ["replacePrefixMatch"] = "/" },
                },
            }),
            ["backendRefs"] = new JsonArray(new JsonObject
            {
                ["name"] = RouteParts.Service(plan, predictor),
                ["port"] = RouteParts.Port(plan, predictor),
            }),
        };
    }

    private static JsonObject Header(HeaderRule rule) => rule.Kind == HeaderMatchKind.Exclude
        ? throw new ServingException(
            ServingProblems.FieldInvalid, "spec.predictors", "an HTTPRoute cannot exclude by a header; match what comes instead.")
        : new()
        {
            ["type"] = rule.Kind == HeaderMatchKind.Exact ? "Exact" : "RegularExpression",
            ["name"] = rule.Name,
            ["value"] = rule.Kind == HeaderMatchKind.Prefix ? Regex.Escape(rule.Value) + ".*" : rule.Value,
        };
}
