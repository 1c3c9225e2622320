using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;

namespace Klever.Benchmarks.Cold;

/// <summary>Builds of harbor-push in turn. Every event is a model that nobody has seen, so "accepted" means that its manifest was
/// fetched from a registry and its ModelJob created in a cluster.</summary>
internal static class ColdBenchmark
{
    private const string Authorization = "Bearer bench";
    private const string Program = "Klever.Functions";
    private static readonly string[] Builds = ["jit", "r2r", "aot"];

    public static async Task<int> RunAsync(string programs, int rounds)
    {
        var directory = Directory.CreateTempSubdirectory("klever-bench-").FullName;
        await using var registry = await InProcessRegistry.StartAsync(new() { Directory = Path.Combine(directory, "registry") });
        await using var cluster = await LocalCluster.StartAsync(new LocalClusterOptions
        {
            DataDirectory = Path.Combine(directory, "cluster"),
            DefinitionFiles = [Path.GetFullPath("knative/base/modeljob.crd.yaml")],
        });
        using var client = new RegistryClient(new RegistryOptions { Address = registry.Address });
        var figures = Builds.ToDictionary(build => build, _ => new List<ColdStart>());
        for (var round = -1; round < rounds; round++)
        {
            foreach (var build in Builds)
            {
                var digest = await PushAsync(client, directory, $"{build}-{round}");
                var measured = await ColdStart.MeasureAsync(
                    Path.Combine(programs, build, Program), Environment(registry, cluster, directory), () => Event(digest), Authorization);
                if (round >= 0)
                {
                    figures[build].Add(measured); // The first round only brings the programs into the page cache.
                }
            }
        }

        Print(figures);
        Directory.Delete(directory, recursive: true);
        return 0;
    }

    private static Dictionary<string, string> Environment(InProcessRegistry registry, LocalCluster cluster, string directory) => new()
    {
        ["KLEVER_FUNCTIONS"] = "harbor-push",
        ["KLEVER_FACE"] = "public",
        ["KUBERNETES_API"] = cluster.Address.ToString(),
        ["Klever__Registry__Address"] = registry.Address.ToString(),
        ["Klever__Webhook__Authorization"] = Authorization,
        ["Klever__State__Path"] = Path.Combine(directory, $"{Guid.NewGuid():N}.db"),
    };

    private static async Task<Digest> PushAsync(RegistryClient client, string directory, string author)
    {
        var model = Path.Combine(directory, author);
        SampleModels.Write(ModelFormat.Onnx, model);
        await File.WriteAllTextAsync(
            Path.Combine(model, OrmbFile.FileName), OrmbFile.Empty.WithFormat(ModelFormat.Onnx).With("author", JsonValue.Create(author)).ToYaml());
        return (await ModelArtifacts.PushAsync(client.Repository("bench/cold"), "v1", ModelDirectory.Open(model))).Digest;
    }

    private static StringContent Event(Digest digest) => new(
        $$"""
        {"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"/projects/2/webhook/policies/15","type":"harbor.artifact.pushed","datacontenttype":"application/json",
         "data":{"resources":[{"digest":"{{digest}}","tag":"v1","resource_url":"r/bench/cold:v1"}],
                 "repository":{"name":"cold","namespace":"bench","repo_full_name":"bench/cold","repo_type":"private"} } }
        """,
        Encoding.UTF8,
        new MediaTypeHeaderValue("application/cloudevents+json"));

    private static void Print(Dictionary<string, List<ColdStart>> figures)
    {
        foreach (var (build, starts) in figures)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{build}  listening {Median(starts, s => s.Listening):0} ms, first push accepted {Median(starts, s => s.Accepted):0} ms (best {starts.Min(s => s.Accepted.TotalMilliseconds):0}), {Median(starts, s => s.Processor):0} ms of processor, {starts.Max(s => s.Resident) / 1048576} MB resident"));
        }

        var ratio = Median(figures["aot"], s => s.Accepted) / Median(figures["jit"], s => s.Accepted);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"aot to jit {ratio:0.00} (goal 0.25; and 120 ms at most, 60 wished for); load {Load()}"));
    }

    private static double Median(List<ColdStart> starts, Func<ColdStart, TimeSpan> figure) =>
        starts.Select(figure).Order().ElementAt(starts.Count / 2).TotalMilliseconds;

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
