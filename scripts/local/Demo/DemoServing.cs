using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Platform;
using Klever.Models;

namespace Klever.Local.Demo;

/// <summary>Asks for a model to be served, shows the SeldonDeployment that comes of it, and asks that for a prediction.</summary>
internal sealed class DemoServing(LocalPlatform platform, Screen screen)
{
    private const string Collection = "/apis/machinelearning.seldon.io/v1/namespaces/default/seldondeployments";

    public async Task<bool> ServeAsync(string reference, string name, CancellationToken cancellationToken)
    {
        screen.Title($"Serving {reference}: POST /api/v1alpha1/namespaces/default/servings");
        using var client = new HttpClient();
        using var body = new StringContent(
            new JsonObject { ["name"] = name, ["model"] = reference }.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(
            new Uri(platform.Service("api"), "/api/v1alpha1/namespaces/default/servings"), body, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            screen.Line($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
            return false;
        }

        var stored = JsonNode.Parse(await client.GetStringAsync(new Uri(platform.Cluster, $"{Collection}/{name}"), cancellationToken));
        var shown = new JsonObject { ["metadata"] = new JsonObject { ["name"] = stored.Text("metadata", "name") }, ["spec"] = stored.At("spec")?.DeepClone() };
        screen.Line(OrmbFile.FromJson(Encoding.UTF8.GetBytes(shown.ToJsonString())).ToYaml());
        return stored.At("spec", "predictors") is JsonArray { Count: 1 }
            && await new DemoPrediction(platform, screen).PredictAsync(name, cancellationToken);
    }
}
