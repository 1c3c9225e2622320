using System.Xml.Linq;
using Klever.Testing;

namespace Klever.Architecture.Tests;

/// <summary>A project of the solution as its file describes it.</summary>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages, string Sdk)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The first folder below the root: functions, shared, scripts or tests.</summary>
    public string Area => Path.Split('/')[0];

    public static IReadOnlyList<ProjectFile> All { get; } = Load();

    // What lies in knative/templates is made a project only where func copies it to.
    private static List<ProjectFile> Load() =>
    [
        .. Directory.EnumerateFiles(SharedFolder.Repository, "*.csproj", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(SharedFolder.Repository, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/") && !path.StartsWith("artifacts/") && !path.StartsWith("knative/templates/"))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    private static ProjectFile Read(string path)
    {
        var document = XDocument.Load(System.IO.Path.Combine(SharedFolder.Repository, path));
        return new ProjectFile(
            path,
            [.. Includes(document, "ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include))],
            [.. Includes(document, "PackageReference"), .. Includes(document, "FrameworkReference")],
            document.Root!.Attribute("Sdk")!.Value);
    }

    private static IEnumerable<string> Includes(XDocument document, string element) =>
        document.Descendants(element).Select(e => e.Attribute("Include")!.Value);
}
