using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Schemas;
using Klever.Local.Tests.Knative.Rules;
using Klever.Local.Yaml;
using Klever.Testing;

namespace Klever.Local.Tests.Knative;

/// <summary>The YAML that is deployed, against the schemas and webhooks of the cluster: an unknown field is a typing error that a
/// cluster drops without a word.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Files => [.. Manifests.BaseFiles().Select(file => Path.GetFileName(file)!)];

    public static TheoryData<string> Outputs => Manifests.OutputNames;

    [Theory]
    [MemberData(nameof(Files))]
    public void File_KeepsSchemasAndRules(string file) =>
        Assert.Empty(YamlDocuments.ReadFile(Path.Combine(Manifests.Directory, "base", file)).SelectMany(Problems));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Overlay_KeepsSchemasAndRules(string output) => Assert.Empty(Manifests.Of(output).SelectMany(Problems));

    [Fact]
    public void ExampleSecrets_AreSecretsWithoutValues()
    {
        var secrets = YamlDocuments.ReadFile(Path.Combine(Manifests.Directory, "secrets.example.yaml"));

        Assert.Empty(secrets.SelectMany(Problems));
        Assert.All(secrets, secret => Assert.Equal("Secret", secret.Kind()));
        Assert.All(secrets.SelectMany(secret => secret.Map("stringData").Values), value => Assert.Equal("", value));
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void EverySecretThatIsNamed_IsAmongTheExamples(string output)
    {
        var examples = YamlDocuments.ReadFile(Path.Combine(Manifests.Directory, "secrets.example.yaml"))
            .ToDictionary(secret => secret.Name(), secret => secret.Map("stringData").Keys.ToHashSet());

        var whole = Manifests.Of(output).SelectMany(Containers).SelectMany(c => c.Objects("envFrom")).Select(e => e.Text("secretRef", "name")).OfType<string>();
        var keys = Manifests.Of(output).SelectMany(Containers).SelectMany(c => c.Objects("env")).Select(e => e.At("valueFrom", "secretKeyRef"))
            .Concat(Manifests.Of(output).Where(d => d.Kind() == "Component").SelectMany(d => d.Objects("spec", "metadata")).Select(m => m.At("secretKeyRef")))
            .Where(key => key is not null);

        Assert.Empty(whole.Except(examples.Keys));
        Assert.All(keys, key => Assert.Contains(key.Text("key")!, examples[key.Text("name")!]));
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void EverySubscriberSinkRoleAndAccount_Exists(string output)
    {
        var all = Manifests.Of(output);
        var present = (output == Manifests.Namespace ? [.. all, .. Manifests.Of("dev")] : all).Select(d => Identity(d, d.Kind(), d.Name())).ToHashSet();

        var named = all.SelectMany(d => References(d).Select(r => Identity(d, r.Text("kind")!, r.Text("name")!, r.Text("namespace"))))
            .Concat(all.SelectMany(d => new[] { d.Text("spec", "template", "spec", "serviceAccountName"), d.Text("spec", "serviceAccountName") }
                .OfType<string>().Select(account => Identity(d, "ServiceAccount", account))))
            .Concat(all.SelectMany(d => Containers(d).SelectMany(c => c.Objects("envFrom")).Select(e => e.Text("configMapRef", "name")).OfType<string>()
                .Select(map => Identity(d, "ConfigMap", map))));

        Assert.Empty(named.Distinct().Except(present));
    }

    [Fact]
    public void EveryAccountOfAService_IsItsOwn()
    {
        var services = Manifests.Base().Where(d => d.Kind() == "Service").ToList();

        Assert.All(services, service => Assert.Equal(service.Name(), service.Text("spec", "template", "spec", "serviceAccountName")));
    }

    [Fact]
    public void Roles_NameEachVerbAndNoWildcard()
    {
        var rules = Manifests.Of("sidecar").Where(d => d.Kind() is "Role" or "ClusterRole").SelectMany(d => d.Objects("rules")).ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.DoesNotContain("*", rule.Texts("verbs").Concat(rule.Texts("resources")).Concat(rule.Texts("apiGroups"))));

        // Only setting up a project keeps Secrets, and it reads and changes no other than the two of the Jobs.
        var secrets = rules.Where(rule => rule.Texts("resources").Contains("secrets")).ToList();
        Assert.Equal(2, secrets.Count);
        Assert.All(secrets, rule => Assert.True(
            rule.Texts("verbs").SequenceEqual(["create"]) || rule.Texts("resourceNames").SequenceEqual(["ormb", "ormb-push"])));
    }

    [Fact]
    public void Faces_AreKeptApart()
    {
        var services = Manifests.Base().Where(d => d.ApiVersion() == "serving.knative.dev/v1").ToList();

        var visibility = services.ToDictionary(s => s.Name(), s => (
            Face: Variable(s, "KLEVER_FACE"),
            IsLocal: s.Map("metadata", "labels").GetValueOrDefault("networking.knative.dev/visibility") == "cluster-local"));

        Assert.All(visibility, service => Assert.Equal(service.Value.IsLocal ? "events" : "public", service.Value.Face));
        var subscribers = Manifests.Base().Where(d => d.Kind() == "Trigger").Select(d => d.Text("spec", "subscriber", "ref", "name")!);
        Assert.All(subscribers, name => Assert.True(visibility[name].IsLocal, name));
    }

    [Fact]
    public void EveryService_IsSelectedByTheNetworkPolicyOfItsFace()
    {
        var policies = Manifests.Base().Where(d => d.Kind() == "NetworkPolicy").ToDictionary(
            d => d.Name(),
            d => d.Objects("spec", "podSelector", "matchExpressions").SelectMany(e => e.Texts("values")).Order().ToList());

        foreach (var face in new[] { "events", "public" })
        {
            Assert.Equal(
                Manifests.Base().Where(d => d.Kind() == "Service" && Variable(d, "KLEVER_FACE") == face).Select(d => d.Name()).Order(),
                policies[face]);
        }
    }

    [Fact]
    public void EveryScaleSetting_HasItsReasonBesideIt()
    {
        foreach (var file in Directory.GetFiles(Manifests.Directory, "*.yaml", SearchOption.AllDirectories))
        {
            var lines = File.ReadAllLines(file);
            var bare = lines.Index().Where(line => line.Item.TrimStart().StartsWith("autoscaling.knative.dev/", StringComparison.Ordinal)
                && !lines[..line.Index].Reverse().Take(8).Any(before => before.TrimStart().StartsWith('#')));

            Assert.Empty(bare.Select(line => $"{file}:{line.Index + 1} {line.Item.Trim()}"));
        }
    }

    [Fact]
    public void EveryRuleOfTheDefinition_IsEvaluatedLocally()
    {
        var rules = YamlDocuments.ReadFile(TestDefinitions.ModelJobs).SelectMany(Expressions).ToList();

        Assert.Equal([], rules.Where(r => !CelExpression.TryParse(r, out _)));
    }

    internal static IEnumerable<string> Problems(JsonObject document) => KnownKinds.Problems(document)
        .Concat((document.Kind() == "Service" ? ServiceRules.Problems(document) : EventingRules.Problems(document))
            .Select(problem => $"{document.Kind()} {document.Name()}: {problem}"));

    private static IEnumerable<string> Expressions(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Key == "x-kubernetes-validations"
            ? m.Value.Objects().Select(r => r.Text("rule") ?? "")
            : Expressions(m.Value)),
        JsonArray items => items.SelectMany(Expressions),
        _ => [],
    };

    private static string Identity(JsonObject owner, string kind, string name, string? space = null) =>
        $"{kind} {(kind.StartsWith("Cluster", StringComparison.Ordinal) ? "" : space ?? owner.Namespace())}/{name}";

    private static IEnumerable<JsonNode> References(JsonObject document) => new[]
    {
        document.At("spec", "subscriber", "ref"),
        document.At("spec", "sink", "ref"),
        document.At("spec", "delivery", "deadLetterSink", "ref"),
        document.At("spec", "config"),
        document.At("roleRef"),
    }.OfType<JsonNode>().Concat(document.Objects("subjects"));

    private static IEnumerable<JsonObject> Containers(JsonObject document) => document.Objects("spec", "template", "spec", "containers");

    private static string? Variable(JsonObject service, string name) =>
        Containers(service).SelectMany(c => c.Objects("env")).FirstOrDefault(e => e.Text("name") == name).Text("value");
}
