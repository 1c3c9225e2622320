using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Routing;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.Serving;

public sealed class RoutingTests
{
    private const string Request = """
        {name: hdr, default: b, predictors: [
          {name: a, model: 'release/m:v1', headers: {X-User: {exact: '1'}, x-beta: {prefix: 'y.'}}},
          {name: b, model: 'release/m:v2'},
          {name: c, model: 'release/m:v3', headers: {x-user: {regex: '[0-9]+'}}}]}
        """;

    [Fact]
    public void VirtualService_TriesTheRulesInTheirOrderAndTheDefaultLast()
    {
        AssertYaml("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: hdr-headers
              namespace: default
              labels: {app.kubernetes.io/managed-by: klever, seldon-deployment-id: hdr}
            spec:
              hosts: ['*']
              gateways: [istio-system/seldon-gateway]
              http:
              - match: [{uri: {prefix: /klever/default/hdr/}, headers: {x-user: {exact: '1'}, x-beta: {prefix: y.}}}]
                rewrite: {uri: /}
                route: [{destination: {host: hdr-a, port: {number: 8000}}}]
              - match: [{uri: {prefix: /klever/default/hdr/}, headers: {x-user: {regex: '[0-9]+'}}}]
                rewrite: {uri: /}
                route: [{destination: {host: hdr-c, port: {number: 8000}}}]
              - match: [{uri: {prefix: /klever/default/hdr/}}]
                rewrite: {uri: /}
                route: [{destination: {host: hdr-b, port: {number: 8000}}}]
            """, VirtualServiceRenderer.Render(Plan(Request), new RoutingOptions()));
    }

    [Fact]
    public void VirtualService_WithRulesOfTheDefaultBeforeOthers_KeepsThem()
    {
        var route = VirtualServiceRenderer.Render(
            Plan("""
                {name: hdr, default: b, predictors: [
                  {name: b, model: 'release/m:v2', headers: {x-user: {exact: '1'}}},
                  {name: a, model: 'release/m:v1', headers: {x-user: {regex: '[0-9]+'}}}]}
                """),
            new RoutingOptions());

        Assert.Equal(
            ["hdr-b", "hdr-a", "hdr-b"],
            route!["spec"]!["http"]!.AsArray().Select(rule => (string?)rule!["route"]![0]!["destination"]!["host"]));
    }

    [Fact]
    public void HttpRoute_HasPrefixesAsExpressions()
    {
        var filters = "[{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]";
        AssertYaml($$$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: hdr-headers
              namespace: default
              labels: {app.kubernetes.io/managed-by: klever, seldon-deployment-id: hdr}
            spec:
              parentRefs: [{name: gateway, namespace: infra}]
              rules:
              - matches:
                - path: {type: PathPrefix, value: /klever/default/hdr}
                  headers:
                  - {type: Exact, name: x-user, value: '1'}
                  - {type: RegularExpression, name: x-beta, value: 'y\..*'}
                filters: {{{filters}}}
                backendRefs: [{name: hdr-a, port: 8000}]
              - matches:
                - path: {type: PathPrefix, value: /klever/default/hdr}
                  headers: [{type: RegularExpression, name: x-user, value: '[0-9]+'}]
                filters: {{{filters}}}
                backendRefs: [{name: hdr-c, port: 8000}]
              - matches: [{path: {type: PathPrefix, value: /klever/default/hdr}}]
                filters: {{{filters}}}
                backendRefs: [{name: hdr-b, port: 8000}]
            """, HttpRouteRenderer.Render(Plan(Request), new RoutingOptions { Gateway = "infra/gateway" }));
    }

    [Fact]
    public void ServingWithoutHeaders_HasNoRoute()
    {
        var plan = Plan("{name: s, model: 'release/m:v1'}");

        Assert.Null(VirtualServiceRenderer.Render(plan, new RoutingOptions()));
        Assert.Null(HttpRouteRenderer.Render(plan, new RoutingOptions()));
    }

    [Fact]
    public void ServiceNameThatSeldonWouldHash_IsRefused()
    {
        var plan = Plan(Request.Replace("hdr", new string('h', 62)));

        var exception = Assert.Throws<ServingException>(() => VirtualServiceRenderer.Render(plan, new RoutingOptions()));

        Assert.Equal("metadata.name", exception.Problem.Field);
    }

    private static ServingPlan Plan(string yaml) => Servings.Plan(YamlJson.Read(yaml).Single());

    private static void AssertYaml(string expected, JsonObject? actual)
    {
        var wanted = YamlJson.Read(expected).Single();
        Assert.True(JsonNode.DeepEquals(wanted, actual), $"expected {wanted.ToJsonString()}\n     got {actual?.ToJsonString()}");
    }
}
