using System.Globalization;
using System.Text.Json.Nodes;
using Klever.Registry;

namespace Klever.Benchmarks.Extract;

/// <summary>`klever extract` of a large layer over HTTP against <see cref="ExtractFloor"/>, as whole processes in turn.</summary>
internal static class ExtractBenchmark
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string klever, int megabytes)
    {
        var directory = Directory.CreateTempSubdirectory("klever-bench-").FullName;
        try
        {
            await using var registry = await InProcessRegistry.StartAsync(new() { Directory = Path.Combine(directory, "registry") });
            var reference = $"{registry.Host}/bench/weights:v1";
            Console.WriteLine($"packing and pushing {megabytes} MB of weights");
            WeightyModel.Write(Path.Combine(directory, "model"), megabytes);
            await ProcessFigures.RunAsync(klever, "push", Path.Combine(directory, "model"), reference, "--compression", "optimal");
            Directory.Delete(Path.Combine(directory, "model"), recursive: true);
            await CompareAsync(klever, reference, await FindLayerAsync(registry.Address));
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Uri> FindLayerAsync(Uri registry)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Accept", "application/vnd.oci.image.manifest.v1+json");
        var manifest = JsonNode.Parse(await client.GetStringAsync(new Uri(registry, "v2/bench/weights/manifests/v1")))!;
        var layer = manifest["layers"]![0]!;
        Console.WriteLine($"the layer has {layer["size"]!.GetValue<long>() / 1048576} MB");
        return new Uri(registry, $"v2/bench/weights/blobs/{layer["digest"]!.GetValue<string>()}");
    }

    private static async Task CompareAsync(string klever, string reference, Uri layer)
    {
        var floors = new List<ProcessFigures>();
        var extractions = new List<ProcessFigures>();
        for (var round = 0; round < Rounds; round++)
        {
            floors.Add(await ProcessFigures.RunAsync(Environment.ProcessPath!, "floor", layer.ToString()));
            Console.WriteLine($"floor    {floors[^1]}");
            extractions.Add(await ProcessFigures.RunAsync(klever, "extract", reference, "--format", "SavedModel"));
            Console.WriteLine($"extract  {extractions[^1]}");
        }

        var elapsed = Ratio(extractions, floors, figures => figures.Elapsed);
        var processor = Ratio(extractions, floors, figures => figures.Processor);
        var resident = extractions.Max(figures => figures.Resident) / 1048576;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ratio of medians {elapsed:0.00} (goal 1.10), of processor time {processor:0.00}; {resident} MB resident (goal 100)"));
    }

    private static double Ratio(List<ProcessFigures> ours, List<ProcessFigures> floors, Func<ProcessFigures, TimeSpan> figure) =>
        ours.Select(figure).Order().ElementAt(Rounds / 2) / floors.Select(figure).Order().ElementAt(Rounds / 2);
}
