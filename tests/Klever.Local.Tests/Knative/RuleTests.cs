using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Tests.Knative;

/// <summary>A mistake in the YAML is found: each case is one change to an object that is deployed.</summary>
public sealed class RuleTests
{
    private const string Template = "spec/template";
    private const string Annotations = Template + "/metadata/annotations/autoscaling.knative.dev";

    [Theory]
    [InlineData("Service api", Annotations + "~min-scale", "\"11\"", "min-scale 11 is above max-scale 10")]
    [InlineData("Service api", Annotations + "~window", "\"2s\"", "window is \"2s\"")]
    [InlineData("Service api", Annotations + "~minimum", "\"1\"", "minimum is unknown")]
    [InlineData("Service api", Annotations + "~activation-scale", "\"1\"", "activation-scale is \"1\"")]
    [InlineData("Service api", Template + "/spec/timeoutSeconds", "601", "timeoutSeconds is above 600")]
    [InlineData("Service api", Template + "/spec/volumes", """[{"name":"x","hostPath":{"path":"/"}}]""", "is of a kind that is off")]
    [InlineData("Service api", Template + "/spec/containers/0/env", """[{"name":"PORT","value":"1"}]""", "PORT is set by Knative alone")]
    [InlineData("Service api", Template + "/spec/containers/0/ports", """[{"containerPort":9090}]""", "port 9090 is reserved")]
    [InlineData("Service api", Template + "/spec/containers/0/imagePullPolice", "\"Always\"", "unknown field")]
    [InlineData("Trigger sweep", "spec/delivery/timeout", "\"30s\"", "timeout is no ISO 8601 duration")]
    [InlineData("Trigger sweep", "spec/delivery/backoffPolicy", "\"none\"", "backoffPolicy")]
    [InlineData("Trigger sweep", "spec/delivery/retries", "3", "delivery.retries is unknown")]
    [InlineData("Trigger sweep", "spec/subscriber", "{}", "spec.subscriber names nobody")]
    [InlineData("ApiServerSource jobs", "spec/mode", "\"resource\"", "spec.mode")]
    [InlineData("ApiServerSource jobs", "spec/resources", "[]", "spec.resources is empty")]
    [InlineData("ApiServerSource jobs", "spec/filters", "[]", "new-apiserversource-filters")]
    [InlineData("PingSource sweep", "spec/schedule", "\"hourly\"", "spec.schedule")]
    [InlineData("PingSource sweep", "spec/data", "\"{\"", "spec.data")]
    [InlineData("Broker default", "metadata/annotations", "{}", "the class is left to the cluster's default")]
    [InlineData("NetworkPolicy jobs", "spec/policyType", "[]", "policyType")]
    [InlineData("Role api", "rule", "[]", "rule")]
    public void Mistake_InAnObjectThatIsDeployed_IsFound(string target, string path, string value, string problem)
    {
        var changed = Manifests.Of("dev").Single(d => $"{d.Kind()} {d.Name()}" == target).Clone();
        Set(changed, path.Split('/'), JsonNode.Parse(value));

        Assert.Contains(ManifestTests.Problems(changed), found => found.Contains(problem, StringComparison.Ordinal));
    }

    // A tilde stands for the slash inside a name.
    private static void Set(JsonNode node, ReadOnlySpan<string> path, JsonNode? value)
    {
        var name = path[0].StartsWith("autoscaling", StringComparison.Ordinal) ? path[0].Replace('~', '/') : path[0];
        if (path.Length > 1)
        {
            Set(node is JsonArray items ? items[int.Parse(name)]! : node[name]!, path[1..], value);
        }
        else
        {
            node.AsObject()[name] = value;
        }
    }
}
