namespace Klever.Kubernetes.Cluster;

/// <summary>Where the API server keeps the objects of one kind (Kubernetes API concepts, "Resource URIs").</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Version">Such as <c>v1</c>.</param>
/// <param name="Kind">Such as <c>Job</c>.</param>
/// <param name="Plural">As it stands in the path: <c>jobs</c>.</param>
public sealed record ResourceKind(string Group, string Version, string Kind, string Plural)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The path of all objects of a namespace, or of all namespaces when it is null; relative to the
    /// server.</summary>
    public string Path(string? namespaceName) =>
        (Group.Length == 0 ? $"api/{Version}/" : $"apis/{Group}/{Version}/")
        + (namespaceName is null ? "" : $"namespaces/{Uri.EscapeDataString(namespaceName)}/") + Plural;

    public string Path(string namespaceName, string name) => $"{Path(namespaceName)}/{Uri.EscapeDataString(name)}";
}
