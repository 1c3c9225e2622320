using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Yaml;

/// <summary>A directory of YAML as it is applied: <c>kubectl apply -n NAMESPACE -k DIRECTORY</c>.</summary>
/// <param name="Directory">Its YAML files are read, not those of directories below it.</param>
/// <param name="Namespace">Of every object that names none.</param>
/// <param name="Home">What stands here for the namespace that the files call <c>klever</c>: that of <c>knative/base</c>.</param>
public sealed record AppliedDirectory(string Directory, string Namespace, string Home)
{
    private const string Klever = "klever";
    private static readonly string[] OfTheCluster = ["Namespace", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"];

    internal IEnumerable<JsonObject> Read() => System.IO.Directory.EnumerateFiles(Directory, "*.yaml").Order(StringComparer.Ordinal)
        .SelectMany(YamlDocuments.ReadFile).Select(Apply);

    private JsonObject Apply(JsonObject document)
    {
        Rename(document);
        if (!OfTheCluster.Contains(document.Kind()))
        {
            var metadata = document.Child("metadata");
            metadata["namespace"] ??= Namespace;
        }

        return document;
    }

    private void Rename(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                if (members.Text("namespace") == Klever)
                {
                    members["namespace"] = Home;
                }

                members.Select(member => member.Value).ToList().ForEach(Rename);
                break;
            case JsonArray items:
                items.ToList().ForEach(Rename);
                break;
        }
    }
}
