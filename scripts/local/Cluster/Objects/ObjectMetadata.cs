using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Objects;

/// <summary>The members of an object that every kind has (meta/v1 ObjectMeta).</summary>
internal static class ObjectMetadata
{
    public static JsonObject Metadata(this JsonObject item) => item.Child("metadata");

    public static string Name(this JsonObject item) => item.Text("metadata", "name") ?? "";

    public static string Namespace(this JsonObject item) => item.Text("metadata", "namespace") ?? "";

    public static string Uid(this JsonObject item) => item.Text("metadata", "uid") ?? "";

    public static string Kind(this JsonObject item) => item.Text("kind") ?? "";

    public static string ApiVersion(this JsonObject item) => item.Text("apiVersion") ?? "";

    public static string ResourceVersion(this JsonObject item) => item.Text("metadata", "resourceVersion") ?? "";

    public static bool IsBeingDeleted(this JsonObject item) => item.Text("metadata", "deletionTimestamp") is not null;

    public static IReadOnlyList<string> Finalizers(this JsonObject item) => [.. item.Texts("metadata", "finalizers")];

    public static void SetFinalizers(this JsonObject item, IEnumerable<string> finalizers)
    {
        var kept = finalizers.Distinct().ToJsonArray();
        item.Metadata().Remove("finalizers");
        if (kept.Count > 0)
        {
            item.Metadata()["finalizers"] = kept;
        }
    }

    /// <summary>The owner that manages the object: the reference with <c>controller: true</c>.</summary>
    public static JsonObject? Controller(this JsonObject item) =>
        item.Objects("metadata", "ownerReferences").FirstOrDefault(o => o.Flag("controller"));

    /// <summary>A reference that makes the argument the controller of what carries it.</summary>
    public static JsonObject ControllerReference(this JsonObject owner) => new()
    {
        ["apiVersion"] = owner.ApiVersion(),
        ["kind"] = owner.Kind(),
        ["name"] = owner.Name(),
        ["uid"] = owner.Uid(),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };
}
