using System.Security.Cryptography;
using System.Text;

namespace Klever.Kubernetes.Jobs;

/// <summary>Names of Secrets that may differ from project to project.</summary>
public static class ProjectSecret
{
    /// <summary>What stands for the project in a setting: <c>ormb-{project}</c>.</summary>
    public const string Placeholder = "{project}";

    // A Secret's name has 253 characters at most; a project's has 255.
    private const int MaximumProject = 180;
    private const int HashLength = 10;

    /// <param name="setting">A name, with or without <see cref="Placeholder"/>.</param>
    /// <param name="repository">A repository or the project itself.</param>
    public static string NameFor(string setting, string repository) =>
        setting.Replace(Placeholder, Slug(repository.Split('/')[0]), StringComparison.Ordinal);

    // Harbor allows "_", Kubernetes does not; the hash keeps a_b and a-b apart.
    private static string Slug(string project)
    {
        if (project.Length <= MaximumProject && !project.Contains('_'))
        {
            return project;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..HashLength];
        return $"{project[..Math.Min(project.Length, MaximumProject)].Replace('_', '-')}-{hash}";
    }
}
