using System.Text.Json.Nodes;
using Klever.Local.Seldon;
using Klever.Local.Tests.Cluster;
using Microsoft.AspNetCore.Http;

namespace Klever.Local.Tests.Seldon;

/// <summary>Which predictor a request of the gateway goes to, by the routes that are stored.</summary>
public sealed class GatewayRouteTests(GatewayRouteTests.Fixture fixture) : IClassFixture<GatewayRouteTests.Fixture>
{
    private const string HttpRoute = """
        {"metadata":{"name":"a-headers"},"spec":{"rules":[
          {"matches":[{"path":{"type":"PathPrefix","value":"/k/a"}}],"backendRefs":[{"name":"a-default","port":1}],
           "filters":[{"type":"URLRewrite","urlRewrite":{"path":{"type":"ReplacePrefixMatch","replacePrefixMatch":"/"}}}]},
          {"matches":[{"path":{"type":"PathPrefix","value":"/k/a"},"headers":[{"type":"Exact","name":"x","value":"1"}]}],"backendRefs":[{"name":"a-x","port":2}]},
          {"matches":[{"path":{"type":"PathPrefix","value":"/k/a"},"headers":[{"name":"x","value":"1"},{"type":"RegularExpression","name":"y","value":"b+"}]}],
           "backendRefs":[{"name":"a-xy","port":3}]},
          {"matches":[{"path":{"type":"PathPrefix","value":"/k/a"},"headers":[{"type":"RegularExpression","name":"y","value":"(b"}]}],"backendRefs":[{"name":"a-bad","port":4}]},
          {"matches":[{"path":{"type":"PathPrefix","value":"/k/a/deep/"}}],"backendRefs":[{"name":"a-deep","port":5}]}]}}
        """;

    private const string VirtualService = """
        {"metadata":{"name":"v-headers"},"spec":{"http":[
          {"match":[{"uri":{"prefix":"/v/"},"headers":{"x":{"prefix":"be"}},"withoutHeaders":{"y":{"regex":"no.*"}}}],
           "rewrite":{"uri":"/"},"route":[{"destination":{"host":"v-x","port":{"number":1}}}]},
          {"match":[{"uri":{"prefix":"/v/"},"headers":{"x":{"exact":"lost"}}}],"route":[{"destination":{"host":"v-nowhere"}}]},
          {"match":[{"uri":{"prefix":"/v/"}}],"route":[{"destination":{"host":"v-default","port":{"number":2}}}]}]}}
        """;

    private const string Shadows = """{"metadata":{"name":"shadow"},"spec":{"predictors":[{"name":"p","shadow":true}]}}""";

    [Theory]
    [InlineData("/k/a/v2/x", "", "a-default:1/v2/x")]
    [InlineData("/k/a", "", "a-default:1/")]
    [InlineData("/k/ab/v2/x", "", "")]
    [InlineData("/k/a/v2/x", "X=1", "a-x:2/k/a/v2/x")]
    [InlineData("/k/a/v2/x", "x=1&y=bbb", "a-xy:3/k/a/v2/x")]
    [InlineData("/k/a/v2/x", "x=1&y=abbb", "a-x:2/k/a/v2/x")]
    [InlineData("/k/a/v2/x", "y=(b", "a-default:1/v2/x")]
    [InlineData("/k/a/deep/x", "x=1", "a-deep:5/k/a/deep/x")]
    [InlineData("/v/v2/x", "x=beta", "v-x:1/v2/x")]
    [InlineData("/v/v2/x", "x=beta&y=none", "v-default:2/v/v2/x")]
    [InlineData("/v/v2/x", "x=lost", "v-default:2/v/v2/x")]
    [InlineData("/v", "", "")]
    [InlineData("/seldon/default/shadow/x", "", "")]
    [InlineData("/seldon/default/absent/x", "", "")]
    [InlineData("/seldon/default", "", "")]
    public void Request_GoesWhereTheRoutesSay(string path, string headers, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Path = path;
        foreach (var header in headers.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')))
        {
            request.Headers[header[0]] = header[1];
        }

        var found = fixture.Routes.Find(request);

        Assert.Equal(expected, found is null ? "" : $"{found.Service}:{found.Port}{found.Path}");
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private ClusterClient? _client;

        internal GatewayRoutes Routes => new(_client!.Cluster.Objects);

        public async ValueTask InitializeAsync()
        {
            _client = await ClusterClient.StartAsync(
                options => options with { DefinitionFiles = [TestDefinitions.ModelJobs, TestDefinitions.SeldonDeployments] });
            await _client.CreateAsync("/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes", JsonNode.Parse(HttpRoute)!);
            await _client.CreateAsync("/apis/networking.istio.io/v1/namespaces/default/virtualservices", JsonNode.Parse(VirtualService)!);
            await _client.CreateAsync("/apis/machinelearning.seldon.io/v1/namespaces/default/seldondeployments", JsonNode.Parse(Shadows)!);
        }

        public async ValueTask DisposeAsync() => await _client!.DisposeAsync();
    }
}
