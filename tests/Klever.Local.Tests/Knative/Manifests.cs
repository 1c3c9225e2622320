using System.Text.Json.Nodes;
using Klever.Local.Yaml;
using Klever.Testing;

namespace Klever.Local.Tests.Knative;

/// <summary>What is deployed: the files of <c>knative/base</c>, and what kustomize makes of them for each overlay.</summary>
internal static class Manifests
{
    public static readonly string Directory = Path.Combine(SharedFolder.Repository, "knative");

    private static readonly string Goldens = Path.Combine(SharedFolder.Repository, "tests", "data", "knative");

    /// <summary>What is applied for a further namespace.</summary>
    public const string Namespace = "namespace";

    /// <summary>Name of an output to what is given to kustomize. Sidecar and monitoring put together what no overlay has.</summary>
    public static readonly IReadOnlyDictionary<string, string> Outputs = new Dictionary<string, string>
    {
        [Namespace] = Path.Combine(Directory, Namespace),
        ["dev"] = Path.Combine(Directory, "overlays", "dev"),
        ["production"] = Path.Combine(Directory, "overlays", "production"),
        ["kafka"] = Path.Combine(Directory, "overlays", "kafka"),
        ["sidecar"] = Path.Combine(Goldens, "sidecar"),
        ["monitoring"] = Path.Combine(Goldens, "monitoring"),
    };

    public static TheoryData<string> OutputNames => [.. Outputs.Keys];

    public static TheoryData<string> OverlayNames => [.. Outputs.Keys.Where(name => name != Namespace)];

    public static string Golden(string output) => Path.Combine(Goldens, $"{output}.yaml");

    public static IReadOnlyList<JsonObject> Of(string output) => YamlDocuments.ReadFile(Golden(output));

    public static IEnumerable<JsonObject> Base() => BaseFiles().SelectMany(YamlDocuments.ReadFile);

    /// <summary>Without what only kustomize reads.</summary>
    public static IEnumerable<string> BaseFiles() => System.IO.Directory.GetFiles(Path.Combine(Directory, "base"), "*.yaml")
        .Where(file => Path.GetFileName(file) is not ("kustomization.yaml" or "references.yaml")).Order();
}
