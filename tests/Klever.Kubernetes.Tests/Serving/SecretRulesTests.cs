using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>Rights on a project of Harbor are no rights in the cluster.</summary>
public sealed class SecretRulesTests
{
    private const string Pod = "spec.predictors[0].componentSpecs[0].spec";

    [Theory]
    [InlineData("containers: [{env: [{name: A, valueFrom: {secretKeyRef: {name: ormb, key: x}}}]}]", "containers[0].env[0].valueFrom.secretKeyRef")]
    [InlineData("containers: [{env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: x}}}]}]", "containers[0].env[0].valueFrom.configMapKeyRef")]
    [InlineData("containers: [{envFrom: [{secretRef: {name: ormb}}]}]", "containers[0].envFrom[0].secretRef")]
    [InlineData("containers: [{}], initContainers: [{name: mine, image: i, envFrom: [{secretRef: {name: ormb}}]}]", "initContainers[0].envFrom[0].secretRef")]
    [InlineData("containers: [{}], volumes: [{name: v, secret: {secretName: ormb}}]", "volumes[0].secret")]
    [InlineData("containers: [{}], volumes: [{name: v, projected: {sources: []}}]", "volumes[0].projected")]
    [InlineData("containers: [{}], volumes: [{name: v, csi: {driver: d}}]", "volumes[0].csi")]
    [InlineData("containers: [{}], volumes: [{name: v, nfs: {server: s, path: /}}]", "volumes[0].nfs")]
    [InlineData("containers: [{}], serviceAccountName: admin", "serviceAccountName")]
    [InlineData("containers: [{}], automountServiceAccountToken: true", "automountServiceAccountToken")]
    [InlineData("containers: [{}], shareProcessNamespace: true", "shareProcessNamespace")]
    [InlineData("containers: [{}], securityContext: {sysctls: [{name: a, value: b}]}", "securityContext.sysctls")]
    [InlineData("containers: [{securityContext: {procMount: Unmasked}}]", "containers[0].securityContext.procMount")]
    public void Pod_ThatReadsWhatIsTheClusters_IsRefused(string pod, string field)
    {
        var exception = Assert.Throws<ServingException>(() => Servings.Compose(Request(pod)));

        Assert.Equal(("PodNotAllowed", $"{Pod}.{field}"), (exception.Code, exception.Problem.Field));
    }

    [Theory]
    [InlineData("explainer: {type: AnchorTabular, envSecretRefName: ormb}", "explainer.envSecretRefName")]
    [InlineData("svcOrchSpec: {env: [{name: A, valueFrom: {secretKeyRef: {name: o, key: x}}}]}", "svcOrchSpec.env[0].valueFrom.secretKeyRef")]
    [InlineData("ssl: {certSecretName: tls}", "ssl.certSecretName")]
    public void Predictor_ThatReadsWhatIsTheClusters_IsRefused(string member, string field)
    {
        var body = YamlJson.Read(Request("containers: [{}]")).Single();
        var more = YamlJson.Read("{" + member + "}").Single();
        foreach (var (name, value) in more)
        {
            body["spec"]!["predictors"]![0]![name] = value!.DeepClone();
        }

        Assert.Equal($"spec.predictors[0].{field}", Assert.Throws<ServingException>(() => Servings.Compose(body)).Problem.Field);
    }

    // Seldon would hand the Secret to an init container of its own, whose image the caller may name.
    [Fact]
    public void Server_LeftToSeldon_GetsNoSecret()
    {
        var body = YamlJson.Read(
            "{metadata: {name: s}, spec: {predictors: [{graph: {name: g, implementation: MY_SERVER, modelUri: 'a/b:c', envSecretRefName: ormb}}]}}").Single();

        Assert.Equal("spec.predictors[0].graph.envSecretRefName", Assert.Throws<ServingException>(() => Servings.Compose(body)).Problem.Field);
    }

    // What Klever's own clients send is harmless, and goes nowhere.
    [Fact]
    public void ComposedServer_IgnoresTheSecretOfItsGraph()
    {
        var body = YamlJson.Read(
            "{metadata: {name: s}, spec: {predictors: [{graph: {name: g, implementation: MLFLOW_SERVER, modelUri: 'a/b:c', envSecretRefName: ormb, serviceAccountName: default}}]}}").Single();

        var graph = Servings.Compose(body, "format: MLflow")["spec"]!["predictors"]![0]!["graph"]!;

        Assert.Null(graph["envSecretRefName"]);
    }

    [Fact]
    public void Administrator_MayAllowIt()
    {
        var options = Servings.Options with { AllowsSecrets = true };

        var deployment = Servings.Compose(Request("containers: [{envFrom: [{secretRef: {name: mine}}]}]"), options: options);

        Assert.NotNull(deployment["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!["envFrom"]);
    }

    [Fact]
    public void Labels_AreFreeText()
    {
        Servings.Compose("{metadata: {name: s}, spec: {predictors: [{labels: {secretRef: x}, graph: {name: g, modelUri: 'a/b:c'}, componentSpecs: [{spec: {containers: [{}]}}]}]}}");
    }

    private static string Request(string pod) =>
        $"{{metadata: {{name: s}}, spec: {{predictors: [{{graph: {{name: g, modelUri: 'a/b:c'}}, componentSpecs: [{{spec: {{{pod}}}}}]}}]}}}}";
}
