using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Oci;
using Klever.Oci.Layout;

namespace Klever.Images;

/// <summary><c>klever-images</c>: from published programs to images, without a container engine.</summary>
internal static class ImageCommand
{
    public static RootCommand Create()
    {
        var published = new Option<DirectoryInfo>("--published") { Description = "Holds a directory for each image with what was published", Required = true };
        var layout = new Option<DirectoryInfo>("--layout") { Description = "The OCI layout to write", Required = true };
        var below = new Option<string?>("--base") { Description = "An OCI layout (DIR or DIR:NAME) to stand on, such as a chiseled runtime-deps; without it, the few files of this machine that are needed" };
        var version = new Option<string>("--version-tag") { Description = "Version, and tag of the images", Required = true };
        var revision = new Option<string>("--revision") { Description = "The commit", Required = true };
        var created = new Option<long>("--created") { Description = "Time of the commit in seconds since 1970", Required = true };
        var root = new RootCommand("Makes the images of Klever.Functions as an OCI layout.") { published, layout, below, version, revision, created };
        root.SetAction(async (arguments, cancellationToken) =>
        {
            var origin = new ImageOrigin(
                arguments.GetValue(version)!, arguments.GetValue(revision)!, DateTimeOffset.FromUnixTimeSeconds(arguments.GetValue(created)),
                Architecture(), arguments.GetValue(below) ?? "scratch");
            return await RunAsync(arguments.GetValue(published)!.FullName, arguments.GetValue(layout)!.FullName, arguments.GetValue(below), origin, cancellationToken);
        });
        return root;
    }

    private static async Task<int> RunAsync(string published, string directory, string? basePlace, ImageOrigin origin, CancellationToken cancellationToken)
    {
        try
        {
            var layout = OciLayoutWriter.Create(directory);
            var writer = new ImageWriter(layout);
            foreach (var plan in ImagePlan.All)
            {
                var from = Path.Combine(published, plan.Name);
                var below = basePlace is null
                    ? writer.WriteSystem(await SystemFiles.CollectAsync(Path.Combine(from, plan.Published[0]), cancellationToken))
                    : ImageBelow.Open(basePlace);
                var own = await writer.WriteAsync(plan, origin, below, Files(plan, from, origin), cancellationToken);
                Console.WriteLine($"{plan.Name}:{origin.Version}  own layer {Megabytes(own.Blob.Size)}, base {below.Name} {Megabytes(below.Layers.Sum(layer => layer.Size))}, compressed");
            }

            return 0;
        }
        catch (Exception exception) when (exception is OciContentException or IOException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static IEnumerable<ImageFile> Files(ImagePlan plan, string from, ImageOrigin origin)
    {
        var directory = Path.GetDirectoryName(plan.Program)!;
        foreach (var name in plan.Published)
        {
            yield return ImageFile.Of($"{directory}/{name}", new FileInfo(Path.Combine(from, name)), isExecutable: true);
        }

        var assets = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(from, "project.assets.json")), ImagesJson.Default.JsonObject) ?? [];
        yield return ImageFile.Of(Sbom.PathOf(plan), Sbom.Create(plan, origin, assets));
    }

    private static string Architecture() => RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    private static string Megabytes(long bytes) => $"{bytes / 1048576.0:0.0} MB";
}
