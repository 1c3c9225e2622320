using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Tests.Knative;

/// <summary><c>knative/namespace</c> gives a further namespace what <c>knative/base</c> gives its own, and nothing more.</summary>
public sealed class NamespaceDirectoryTests
{
    private const string Sources = "klever-sources";
    private static readonly IReadOnlyList<JsonObject> Deployed = Manifests.Of("dev");
    private static readonly IReadOnlyList<JsonObject> Objects = Manifests.Of(Manifests.Namespace);

    [Fact]
    public void Roles_SayWhatThoseOfTheBaseSay()
    {
        var expected = Deployed.Where(d => d.Kind() == "Role").ToDictionary(d => Prefixed(d.Name()), Rules);

        Assert.Equal(expected, Objects.Where(d => d.Kind() == "Role").ToDictionary(d => d.Name(), Rules));
    }

    [Fact]
    public void Bindings_NameTheAccountsOfTheBaseInItsNamespace()
    {
        var bindings = Objects.Where(d => d.Kind() == "RoleBinding").ToList();

        Assert.NotEmpty(bindings);
        Assert.All(bindings, binding =>
        {
            var account = Assert.Single(binding.Objects("subjects"));
            Assert.Equal(binding.Name(), Prefixed(account.Text("name")!));
            Assert.Equal(binding.Name(), binding.Text("roleRef", "name"));
            Assert.Equal(binding.Name() == Sources ? null : "klever", account.Text("namespace"));
        });
    }

    [Fact]
    public void Source_WatchesWhatThoseOfTheBaseWatch()
    {
        var source = Objects.Single(d => d.Kind() == "ApiServerSource");

        Assert.Equal(
            Deployed.Where(d => d.Kind() == "ApiServerSource").SelectMany(d => d.Objects("spec", "resources")).Select(Text).Order(),
            source.Objects("spec", "resources").Select(Text).Order());
        Assert.Equal("klever", source.Text("spec", "sink", "ref", "namespace"));
    }

    [Fact]
    public void PodsOfJobs_AreClosedAsInTheBase()
    {
        var policy = Assert.Single(Objects, d => d.Kind() == "NetworkPolicy");

        var expected = Deployed.Single(d => d.Kind() == "NetworkPolicy" && d.Name() == "jobs");
        Assert.Equal(Text(expected["spec"]), Text(policy["spec"]));
    }

    private static string Prefixed(string name) => name == Sources ? name : $"klever-{name}";

    private static string Rules(JsonObject role) => Text(role["rules"]);

    private static string Text(JsonNode? node) => node!.ToJsonString();
}
