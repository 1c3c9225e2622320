using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Schemas;
using Klever.Local.Yaml;
using Klever.Testing;

namespace Klever.Local.Tests.Knative;

/// <summary>What the API server would say of an object: custom resources by their schema, Kubernetes' own kinds by their types.</summary>
internal static class KnownKinds
{
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly IReadOnlyDictionary<string, string> Schemas = new Dictionary<string, string>
    {
        ["serving.knative.dev/v1 Service"] = "knative-service.crd.yaml",
        ["eventing.knative.dev/v1 Trigger"] = "knative-trigger.crd.yaml",
        ["eventing.knative.dev/v1 Broker"] = "knative-broker.crd.yaml",
        ["sources.knative.dev/v1 ApiServerSource"] = "knative-apiserversource.crd.yaml",
        ["sources.knative.dev/v1 PingSource"] = "knative-pingsource.crd.yaml",
        ["sources.knative.dev/v1 SinkBinding"] = "knative-sinkbindings.crd.yaml",
        ["dapr.io/v1alpha1 Component"] = "dapr-components.crd.yaml",
    };

    private static readonly IReadOnlyDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["v1 Namespace"] = typeof(V1Namespace),
        ["v1 ConfigMap"] = typeof(V1ConfigMap),
        ["v1 Secret"] = typeof(V1Secret),
        ["v1 ServiceAccount"] = typeof(V1ServiceAccount),
        ["rbac.authorization.k8s.io/v1 Role"] = typeof(V1Role),
        ["rbac.authorization.k8s.io/v1 RoleBinding"] = typeof(V1RoleBinding),
        ["rbac.authorization.k8s.io/v1 ClusterRole"] = typeof(V1ClusterRole),
        ["rbac.authorization.k8s.io/v1 ClusterRoleBinding"] = typeof(V1ClusterRoleBinding),
        ["networking.k8s.io/v1 NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["policy/v1 PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["monitoring.coreos.com/v1 PodMonitor"] = typeof(PodMonitor),
        ["monitoring.coreos.com/v1 PrometheusRule"] = typeof(PrometheusRule),
        ["apiextensions.k8s.io/v1 CustomResourceDefinition"] = typeof(V1CustomResourceDefinition),
    };

    /// <summary>One line for each problem. A kind that is in neither table is one: nobody would check it.</summary>
    public static IEnumerable<string> Problems(JsonObject document)
    {
        var identity = $"{document.ApiVersion()} {document.Kind()}";
        var problems = Schemas.TryGetValue(identity, out var schema) ? BySchema(document, schema)
            : Types.TryGetValue(identity, out var type) ? ByType(document, type)
            : [$"nobody knows {identity}"];
        return problems.Select(problem => $"{document.Kind()} {document.Name()}: {problem}");
    }

    private static IEnumerable<string> BySchema(JsonObject document, string file)
    {
        var version = document.ApiVersion().Split('/')[1];
        var schema = YamlDocuments.ReadFile(SharedFolder.Require("schemas", file))
            .SelectMany(d => d.Objects("spec", "versions"))
            .Single(v => v.Text("name") == version).At("schema", "openAPIV3Schema");
        var structural = StructuralSchema.Parse((JsonObject)schema!);
        return SchemaPruner.Prune(structural, document).Select(unknown => $"unknown field {unknown}")
            .Concat(SchemaValidator.Validate(structural, document).Select(error => error.ToString()));
    }

    private static IEnumerable<string> ByType(JsonObject document, Type type)
    {
        try
        {
            document.Deserialize(type, Strict);
            return [];
        }
        catch (JsonException exception)
        {
            return [exception.Message];
        }
    }
}
