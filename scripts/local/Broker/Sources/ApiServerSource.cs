using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Local.Broker.Definitions;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Sources;

/// <summary>Plays one resource of an ApiServerSource: watches its namespace from now on and makes every change an event. As
/// the deployed one, it neither tells of objects that were there before it started nor repeats what it missed.</summary>
internal sealed class ApiServerSource(
    HttpClient cluster, string namespaceName, WatchedResource resource, Action<CloudEvent> accept, TimeProvider clock)
{
    private const string TypePrefix = "dev.knative.apiserver.resource.";
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    private string? _path;

    /// <summary>Finds the resource and the version to begin from; after this no change is missed while it runs.</summary>
    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        _path ??= await FindPathAsync(cancellationToken);
        var list = await GetAsync($"{_path}?limit=1", cancellationToken);
        return list.Text("metadata", "resourceVersion") ?? "0";
    }

    public async Task RunAsync(string version, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                version = await WatchAsync(version, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
            {
                await Task.Delay(RestartPause, clock, cancellationToken);
                version = await PrepareAsync(cancellationToken);
            }
        }
    }

    private async Task<string> WatchAsync(string version, CancellationToken cancellationToken)
    {
        var selector = resource.Selector is null ? "" : $"&labelSelector={Uri.EscapeDataString(resource.Selector)}";
        await using var stream = await cluster.GetStreamAsync(
            $"{_path}?watch=true&allowWatchBookmarks=true&resourceVersion={version}{selector}", cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var change = JsonNode.Parse(line);
            if (change.Text("type") == "ERROR")
            {
                return await PrepareAsync(cancellationToken);
            }

            version = change.Text("object", "metadata", "resourceVersion") ?? version;
            if (Verb(change.Text("type")) is { } verb && change.At("object") is JsonObject item)
            {
                accept(ToEvent(verb, item));
            }
        }

        return version;
    }

    private CloudEvent ToEvent(string verb, JsonObject item)
    {
        var cloudEvent = new CloudEvent
        {
            Id = Guid.NewGuid().ToString(),
            Type = TypePrefix + verb,
            Source = cluster.BaseAddress,
            Subject = $"{_path}/{item.Name()}",
            Time = clock.GetUtcNow(),
            DataContentType = "application/json",
            Data = JsonSerializer.SerializeToElement(item),
        };
        cloudEvent["apiversion"] = resource.ApiVersion;
        cloudEvent["kind"] = resource.Kind;
        cloudEvent["name"] = item.Name();
        cloudEvent["namespace"] = item.Namespace();
        return cloudEvent;
    }

    private async Task<string> FindPathAsync(CancellationToken cancellationToken)
    {
        var root = resource.ApiVersion.Contains('/') ? $"/apis/{resource.ApiVersion}" : $"/api/{resource.ApiVersion}";
        var discovered = await GetAsync(root, cancellationToken);
        var plural = discovered.Objects("resources")
            .FirstOrDefault(entry => entry.Text("kind") == resource.Kind && entry.Text("name")?.Contains('/') == false)?.Text("name");
        return plural is null
            ? throw new HttpRequestException($"the cluster serves no {resource.Kind} of {resource.ApiVersion}.")
            : $"{root}/namespaces/{namespaceName}/{plural}";
    }

    private async Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) =>
        JsonNode.Parse(await cluster.GetStringAsync(path, cancellationToken));

    private static string? Verb(string? change) => change switch
    {
        "ADDED" => "add",
        "MODIFIED" => "update",
        "DELETED" => "delete",
        _ => null,
    };
}
