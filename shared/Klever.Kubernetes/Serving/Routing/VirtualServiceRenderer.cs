using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Kubernetes.Serving.Routing;

/// <summary>Header routing as Istio VirtualService (<c>networking.istio.io/v1</c>): rules are tried in their
/// order.</summary>
public static class VirtualServiceRenderer
{
    /// <returns>Null when the plan has no routing by header.</returns>
    public static JsonObject? Render(ServingPlan plan, RoutingOptions options)
    {
        if (plan.Routing is not { } routing)
        {
            return null;
        }

        var rules = routing.Routes.Select(route => Rule(plan, route.Predictor, route.Match, options))
            .Append(Rule(plan, routing.DefaultPredictor, match: null, options));
        return RouteParts.Object("networking.istio.io/v1", "VirtualService", plan, new JsonObject
        {
            ["hosts"] = new JsonArray("*"),
            ["gateways"] = new JsonArray(options.Gateway),
            ["http"] = new JsonArray([.. rules]),
        });
    }

    private static JsonObject Rule(ServingPlan plan, string predictor, HeaderMatch? match, RoutingOptions options)
    {
        var condition = new JsonObject { ["uri"] = new JsonObject { ["prefix"] = RouteParts.Prefix(plan, options) + "/" } };
        if (match is not null)
        {
            Set("headers", match.Headers.Where(h => h.Kind != HeaderMatchKind.Exclude));
            Set("withoutHeaders", match.Headers.Where(h => h.Kind == HeaderMatchKind.Exclude));
        }

        return new JsonObject
        {
            ["match"] = new JsonArray(condition),
            ["rewrite"] = new JsonObject { ["uri"] = "/" },
            ["route"] = new JsonArray(new JsonObject
            {
                ["destination"] = new JsonObject
                {
                    ["host"] = RouteParts.Service(plan, predictor),
                    ["port"] = new JsonObject { ["number"] = RouteParts.Port(plan, predictor) },
                },
            }),
        };

        void Set(string name, IEnumerable<HeaderRule> rules)
        {
            var headers = new JsonObject(rules.Select(
                r => KeyValuePair.Create(r.Name, (JsonNode?)new JsonObject { [Kind(r)] = r.Value })));
            if (headers.Count > 0)
            {
                condition[name] = headers;
            }
        }
    }

    private static string Kind(HeaderRule rule) => rule.Kind switch
    {
        HeaderMatchKind.Exact => "exact",
        HeaderMatchKind.Prefix => "prefix",
        _ => "regex",
    };
}
