namespace Klever.Oci.Harbor;

/// <summary>Paths of Harbor's REST API v2.0.</summary>
internal static class HarborPath
{
    public const string Root = "/api/v2.0";

    public static string Project(string project) => $"{Root}/projects/{Uri.EscapeDataString(project)}";

    public static string WebhookPolicies(string project) => $"{Project(project)}/webhook/policies";

    /// <param name="repository">With its project. What follows the project is encoded twice, because Harbor decodes it once on
    /// the way in and once more in its handler; a slash encoded once is not found.</param>
    public static string Repository(string repository)
    {
        var slash = repository.IndexOf('/');
        return slash > 0
            ? $"{Project(repository[..slash])}/repositories/{Uri.EscapeDataString(Uri.EscapeDataString(repository[(slash + 1)..]))}"
            : throw new FormatException($"\"{repository}\" has no project; Harbor's repositories are project/name.");
    }

    public static string Artifact(string repository, string tagOrDigest) =>
        $"{Repository(repository)}/artifacts/{Uri.EscapeDataString(tagOrDigest)}";

    public static string Tag(string repository, string tag) =>
        $"{Artifact(repository, tag)}/tags/{Uri.EscapeDataString(tag)}";
}
