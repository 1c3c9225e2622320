using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Samples;

namespace Klever.Local.Demo;

/// <summary>Waits until a serving answers, asks it over the gateway, and compares with what ONNX Runtime says of the file that was
/// pushed.</summary>
internal sealed class DemoPrediction(LocalPlatform platform, Screen screen)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<bool> PredictAsync(string name, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        if (await WaitAsync(client, name, cancellationToken) is not { } endpoint)
        {
            return false;
        }

        screen.Title("A prediction");
        screen.Line(endpoint.Text("curl")!);
        var request = Counting(endpoint.At("request")!);
        using var body = new StringContent(request, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(endpoint.Text("url")!), body, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        screen.Line($"asked for the values 0, 1/64, 2/64, …: {(int)response.StatusCode} {answer}");
        var direct = await RunDirectlyAsync(request, cancellationToken);
        var isSame = response.IsSuccessStatusCode
            && JsonNode.DeepEquals(JsonNode.Parse(answer).At("outputs"), JsonNode.Parse(direct).At("outputs"));
        screen.Line($"ONNX Runtime over the pushed file says {(isSame ? "the same" : "SOMETHING ELSE: " + direct)}");
        return isSame;
    }

    private async Task<JsonNode?> WaitAsync(HttpClient client, string name, CancellationToken cancellationToken)
    {
        var address = new Uri(platform.Service("api"), $"/api/v1alpha1/namespaces/default/servings/{name}");
        screen.Title($"Until it answers: GET {address.PathAndQuery}");
        var (waited, last) = (Stopwatch.StartNew(), "");
        while (waited.Elapsed < Patience)
        {
            var status = JsonNode.Parse(await client.GetStringAsync(address, cancellationToken)).At("status");
            var state = $"{status.Text("reason")}: {status.Text("message")}";
            if (state != last)
            {
                screen.Line(last = state);
            }

            if (status.Text("reason") == "Available")
            {
                return status.Objects("endpoints").FirstOrDefault();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return null;
    }

    // Zeros, as they stand in the example, would tell little.
    private static string Counting(JsonNode example)
    {
        var request = example.DeepClone();
        var data = (JsonArray)request.Objects("inputs").First()["data"]!;
        for (var i = 0; i < data.Count; i++)
        {
            data[i] = i / 64f;
        }

        return request.ToJsonString();
    }

    private static async Task<string> RunDirectlyAsync(string request, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, SampleModels.Files(ModelFormat.Onnx)["classifier.onnx"], cancellationToken);
            var start = new ProcessStartInfo(Installation.Options().Built("scripts/onnx", "klever-onnx"), ["run", file])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteAsync(request.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            var answer = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return answer;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
