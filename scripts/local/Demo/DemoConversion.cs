using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Local.Demo;

/// <summary>Asks for a model to be converted, and shows what the registry holds when the result has been described.</summary>
internal sealed class DemoConversion(DemoModel source, ModelFormat target, LocalPlatform platform, Screen screen)
{
    private const string Collection = "/api/v1alpha1/namespaces/default/modeljobs";

    // Neither file of an MXNet or Caffe2 model says how large an input is, and ours declare no signature.
    private const string Inputs = """[{"name":"data","dType":"float32","size":[1,1,8,8]}]""";

    private readonly string _repository = $"demo/{source.Format.Name}-to-{target.Name}".ToLowerInvariant();

    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        screen.Title($"{source.Format} to {target}: POST {Collection}");
        if (await RequestAsync(cancellationToken) is not { } name)
        {
            return false;
        }

        var jobs = new DemoJobs(platform, screen);
        var ended = await jobs.WaitAsync(job => job.Text("metadata", "name") == name, cancellationToken);
        return ended.Text("status", "phase") == "Succeeded"
            && await jobs.WaitAsync(job => job.Text("spec", "model")?.Contains($"{_repository}:") == true, cancellationToken) is not null
            && await CheckRegistryAsync(ended.Text("status", "result", "digest"), cancellationToken);
    }

    private async Task<string?> RequestAsync(CancellationToken cancellationToken)
    {
        var spec = new JsonObject
        {
            ["model"] = source.Repository + ":v1",
            ["desiredTag"] = $"{_repository}:v1",
            ["conversion"] = new JsonObject { ["mmdnn"] = new JsonObject { ["from"] = source.Format.Name, ["to"] = target.Name } },
            ["env"] = new JsonArray(new JsonObject { ["name"] = "INPUTS", ["value"] = Inputs }),
        };
        using var client = new HttpClient();
        using var body = new StringContent(
            new JsonObject { ["spec"] = spec }.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(new Uri(platform.Service("api"), Collection), body, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            screen.Line($"{(int)response.StatusCode} {answer}");
            return null;
        }

        return JsonNode.Parse(answer).Text("metadata", "name");
    }

    // The result as it was pushed names its source; what is under the tag now was made of it by an extraction.
    private async Task<bool> CheckRegistryAsync(string? digest, CancellationToken cancellationToken)
    {
        using var registry = new RegistryClient(new RegistryOptions { Address = platform.Registry });
        var repository = registry.Repository(_repository);
        var described = await ModelArtifacts.FetchAsync(repository, "v1", cancellationToken);
        screen.Title($"{platform.Registry.Authority}/{_repository}:v1 now, {described.Digest}");
        screen.Line(described.OrmbFile.ToYaml());
        if (digest is null || described.Extraction?.Source.ToString() != digest)
        {
            screen.Line("no extraction has described the result");
            return false;
        }

        var pushed = await ModelArtifacts.FetchAsync(repository, digest, cancellationToken);
        var mark = ConversionMark.Read(pushed.Manifest.Annotations);
        screen.Line($"converted from {mark?.Source} by converters of version {mark?.Version}");
        return mark is not null && described.OrmbFile.Format == target && described.OrmbFile.Signature.Outputs.Count > 0;
    }
}
