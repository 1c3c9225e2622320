using Klever.CommandLine.Initialization.Layouts;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Initialization.Placement;

/// <summary>A directory in the directory of the model, and so on its volume, where files arrive and get their
/// places.</summary>
internal sealed class Staging
{
    private const string Prefix = LayoutPlan.ReservedPrefix + "-";
    private const string ModelDirectory = "model/";

    private Staging(string path) => Path = path;

    public string Path { get; }

    /// <summary>Holds what will be in the directory of the model.</summary>
    public string New => System.IO.Path.Combine(Path, "new");

    /// <summary>Holds what was there.</summary>
    public string Old => System.IO.Path.Combine(Path, "old");

    /// <summary>Removes what runs left that were killed, and begins anew.</summary>
    public static Staging Create(string directory)
    {
        foreach (var left in Directory.EnumerateDirectories(directory, Prefix + "*").ToList())
        {
            Directory.Delete(left, recursive: true);
        }

        var path = System.IO.Path.Combine(directory, Prefix + System.IO.Path.GetRandomFileName());
        return new Staging(Directory.CreateDirectory(path).FullName);
    }

    /// <summary>Writes the files of a layer while it arrives; its digest has been compared when this returns.</summary>
    public async Task<IReadOnlyList<ModelFile>> ReceiveAsync(
        Stream layer, string mediaType, CancellationToken cancellationToken)
    {
        var files = new List<ModelFile>();
        await ModelLayer.ReadAsync(
            layer,
            mediaType,
            (path, _, content) =>
            {
                var head = DurableFile.Write(Of(Path, path), content, ModelFile.HeadLength, cancellationToken);
                files.Add(new ModelFile(path[ModelDirectory.Length..], head));
            },
            cancellationToken: cancellationToken);
        return files;
    }

    /// <summary>Gives every file its place in <see cref="New"/>.</summary>
    public void Arrange(LayoutPlan plan)
    {
        foreach (var (source, target) in plan.Files)
        {
            var path = Of(New, target);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.Move(Of(Path, ModelDirectory + source), path);
        }

        foreach (var (target, content) in plan.Documents)
        {
            DurableFile.Write(Of(New, target), System.Text.Encoding.UTF8.GetBytes(content));
        }
    }

    public void Delete() => Directory.Delete(Path, recursive: true);

    private static string Of(string directory, string path) => System.IO.Path.Combine(directory, path);
}
