using Klever.Models;
using Klever.Samples;

namespace Klever.Benchmarks.Formats;

/// <summary>A model on disk in ORMB layout.</summary>
/// <param name="Name">Shown in the table.</param>
public sealed record BenchmarkModel(string Name, ModelFormat Format, string Directory)
{
    /// <summary>Of the shared corpus, where it is beside the checkout, this many bytes at most.</summary>
    private const long MaximumBytes = 64L * 1024 * 1024;

    public override string ToString() => Name;

    /// <summary>The sample of each format, and its largest real model where the shared corpus is beside the checkout.</summary>
    /// <param name="directory">Where the samples are written.</param>
    public static IEnumerable<BenchmarkModel> All(string directory)
    {
        foreach (var format in SampleModels.Formats.Where(Klever.Formats.ModelReaders.Supports))
        {
            var sample = Path.Combine(directory, format.Name);
            SampleModels.Write(format, sample);
            yield return new BenchmarkModel($"{format.Name} sample", format, sample);

            var cases = new DirectoryInfo(Path.Combine(Root(), "..", "shared", "corpus", format.Name.ToLowerInvariant()));
            var largest = cases.Exists
                ? cases.GetDirectories().Where(model => IsModel(model) && Bytes(model) < MaximumBytes).MaxBy(Bytes)
                : null;
            if (largest is not null)
            {
                yield return new BenchmarkModel($"{format.Name} {largest.Name}", format, largest.FullName);
            }
        }
    }

    private static bool IsModel(DirectoryInfo directory) =>
        !File.ReadAllText(Path.Combine(directory.FullName, "expected.json")).Contains("\"error\"", StringComparison.Ordinal);

    private static long Bytes(DirectoryInfo directory) =>
        directory.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Klever.Functions.sln")))
        {
            directory = Path.GetDirectoryName(directory)
                ?? throw new DirectoryNotFoundException("Klever.Functions.sln is not above " + AppContext.BaseDirectory);
        }

        return directory;
    }
}
