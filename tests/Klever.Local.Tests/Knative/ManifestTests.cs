using System.Diagnostics;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Schemas;
using Klever.Local.Yaml;
using Klever.Testing;

namespace Klever.Local.Tests.Knative;

/// <summary>The YAML that is deployed, against the schemas of Knative: an unknown field is a typing error that a cluster drops.</summary>
public sealed class ManifestTests
{
    private static readonly string Base = Path.Combine(SharedFolder.Repository, "knative", "base");

    private static readonly IReadOnlyDictionary<string, string> Definitions = new Dictionary<string, string>
    {
        ["serving.knative.dev/v1 Service"] = "knative-service.crd.yaml",
        ["eventing.knative.dev/v1 Trigger"] = "knative-trigger.crd.yaml",
        ["eventing.knative.dev/v1 Broker"] = "knative-broker.crd.yaml",
        ["sources.knative.dev/v1 ApiServerSource"] = "knative-apiserversource.crd.yaml",
        ["sources.knative.dev/v1 PingSource"] = "knative-pingsource.crd.yaml",
    };

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Base, "*.yaml").Select(f => Path.GetFileName(f)!).Where(f => f != "kustomization.yaml").Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_KeepsTheSchemasOfKnative(string file)
    {
        var problems = YamlDocuments.ReadFile(Path.Combine(Base, file)).SelectMany(Problems);

        Assert.Empty(problems);
    }

    [Fact]
    public void EveryTrigger_HasRetriesBackoffTimeoutAndADeadLetterSink()
    {
        var triggers = All().Where(d => d.Kind() == "Trigger").ToList();

        Assert.NotEmpty(triggers);
        foreach (var delivery in triggers.Select(t => t.At("spec", "delivery")))
        {
            Assert.InRange(delivery.Number("retry") ?? 0, 1, 10);
            Assert.Contains(delivery.Text("backoffPolicy"), (string[])["exponential", "linear"]);
            Assert.NotEqual(TimeSpan.Zero, System.Xml.XmlConvert.ToTimeSpan(delivery.Text("backoffDelay")!));
            Assert.NotEqual(TimeSpan.Zero, System.Xml.XmlConvert.ToTimeSpan(delivery.Text("timeout")!));
            Assert.NotNull(delivery.Text("deadLetterSink", "ref", "name"));
        }
    }

    [Fact]
    public void EverySubscriberSinkAndAccount_Exists()
    {
        var all = All().ToList();
        var present = all.Select(d => $"{d.Kind()} {d.Name()}").ToHashSet();

        var named = all.SelectMany(d => new[] { d.At("spec", "subscriber", "ref"), d.At("spec", "sink", "ref"), d.At("spec", "delivery", "deadLetterSink", "ref") })
            .Where(r => r is not null).Select(r => $"{r.Text("kind")} {r.Text("name")}")
            .Concat(all.Select(d => d.Text("spec", "template", "spec", "serviceAccountName") ?? d.Text("spec", "serviceAccountName"))
                .OfType<string>().Select(a => $"ServiceAccount {a}"));

        Assert.Empty(named.Distinct().Except(present));
    }

    [Fact]
    public void EventServices_AreNotReachableFromOutside()
    {
        var services = All().Where(d => d.ApiVersion() == "serving.knative.dev/v1").ToList();

        foreach (var service in services.Where(s => Variable(s, "KLEVER_FACE") == "events"))
        {
            Assert.Equal("cluster-local", service.At("metadata", "labels").Map().GetValueOrDefault("networking.knative.dev/visibility"));
        }

        Assert.Equal(
            ["api", "harbor-push"],
            services.Where(s => Variable(s, "KLEVER_FACE") == "public").Select(s => s.Name()).Where(n => n != "harbor-agent").Order());
    }

    [Fact]
    public void EveryRuleOfTheDefinition_IsEvaluatedLocally()
    {
        var rules = YamlDocuments.ReadFile(TestDefinitions.ModelJobs).SelectMany(Rules).ToList();

        Assert.Equal([], rules.Where(r => !CelExpression.TryParse(r, out _)));
    }

    [Fact]
    public void NoService_SetsAReservedVariable()
    {
        string[] reserved = ["PORT", "K_SERVICE", "K_CONFIGURATION", "K_REVISION"];

        var names = All().SelectMany(d => d.Objects("spec", "template", "spec", "containers")).SelectMany(c => c.Objects("env"))
            .Select(e => e.Text("name"));

        Assert.Empty(names.Intersect(reserved));
    }

    [Fact]
    public async Task Kustomize_BuildsTheBase()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/kubectl") || File.Exists("/usr/local/bin/kubectl"), "kubectl is not installed");
        Assert.SkipUnless(File.Exists(Path.Combine(Base, "modeljob.crd.yaml")), "modeljob.crd.yaml is not here yet");
        using var process = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", Base])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, errors);
        Assert.Contains("CustomResourceDefinition", YamlDocuments.Parse(await output).Select(d => d.Text("kind")));
    }

    private static IEnumerable<JsonObject> All() => Directory.GetFiles(Base, "*.yaml").SelectMany(YamlDocuments.ReadFile);

    private static IEnumerable<string> Rules(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Key == "x-kubernetes-validations"
            ? m.Value.Objects().Select(r => r.Text("rule") ?? "")
            : Rules(m.Value)),
        JsonArray items => items.SelectMany(Rules),
        _ => [],
    };

    private static string? Variable(JsonObject service, string name) =>
        service.Objects("spec", "template", "spec", "containers").SelectMany(c => c.Objects("env"))
            .FirstOrDefault(e => e.Text("name") == name).Text("value");

    private static IEnumerable<string> Problems(JsonObject document)
    {
        var identity = $"{document.ApiVersion()} {document.Kind()}";
        if (!Definitions.TryGetValue(identity, out var definition))
        {
            return [];
        }

        var version = document.ApiVersion().Split('/')[1];
        var schema = YamlDocuments.ReadFile(SharedFolder.Require("schemas", definition))
            .SelectMany(d => d.Objects("spec", "versions"))
            .Single(v => v.Text("name") == version).At("schema", "openAPIV3Schema");
        var structural = StructuralSchema.Parse((JsonObject)schema!);
        var where = $"{document.Kind()} {document.Name()}";
        return
        [
            .. SchemaPruner.Prune(structural, document).Select(u => $"{where}: unknown field {u}"),
            .. SchemaValidator.Validate(structural, document).Select(e => $"{where}: {e}"),
        ];
    }
}
