using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Intents;
using Klever.Kubernetes.Serving.Status;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.Servings;

/// <summary>A serving as it is shown: with what holds it up, and how to ask it.</summary>
internal sealed class ServingStatus(ClusterClient cluster, RegistryClient registry, ServingOptions options)
{
    /// <summary>Pods of a serving at most that are looked at.</summary>
    private const int MaximumPods = 500;

    /// <summary>Events of a namespace at most that are looked through.</summary>
    private const int MaximumEvents = 10_000;

    /// <summary>The object with <c>status.reason</c>, <c>status.message</c> and <c>status.endpoints</c> beside what Seldon says.</summary>
    public async Task<JsonObject> ShowAsync(JsonObject serving, CancellationToken cancellationToken)
    {
        var pods = await PodsAsync(serving, cancellationToken);
        var events = ServingObservation.IsAvailable(serving) ? [] : await EventsAsync(serving, pods, cancellationToken);
        var state = ServingObservation.Of(serving, pods, events);
        var (signatures, missing) = await SignaturesAsync(serving, cancellationToken);
        var endpoints = ServingAddresses.Of(serving, signatures, options);
        var view = ServingIntent.View(serving);
        if (view["status"] is not JsonObject status)
        {
            view["status"] = status = [];
        }

        status["reason"] = state.Reason;
        status["message"] = missing is null ? state.Message : $"{state.Message} {missing}";
        status["endpoints"] = new JsonArray([.. endpoints.Select(e => (JsonNode)e.ToJson())]);
        return view;
    }

    /// <summary>Events about the serving and what Seldon made of it, the latest first.</summary>
    public async Task<IReadOnlyList<Corev1Event>> EventsAsync(JsonObject serving, CancellationToken cancellationToken) =>
        await EventsAsync(serving, await PodsAsync(serving, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<Corev1Event>> EventsAsync(
        JsonObject serving, IReadOnlyList<V1Pod> pods, CancellationToken cancellationToken)
    {
        var filter = new ServingEventFilter(serving, pods);
        var found = new List<Corev1Event>();
        var seen = 0;
        await foreach (var item in cluster.Events.ListAllAsync(Space(serving), cancellationToken: cancellationToken))
        {
            if (filter.IsAbout(item.InvolvedObject))
            {
                found.Add(item);
            }

            if (++seen == MaximumEvents)
            {
                break;
            }
        }

        return [.. found.OrderByDescending(e => e.LastTimestamp ?? e.EventTime ?? e.FirstTimestamp)];
    }

    private async Task<IReadOnlyList<V1Pod>> PodsAsync(JsonObject serving, CancellationToken cancellationToken)
    {
        var query = new ListQuery
        {
            LabelSelector = $"{ServingLabels.Serving}={Text(serving["metadata"]?["name"])}",
            Limit = MaximumPods,
        };
        return (await cluster.Pods.ListAsync(Space(serving), query, cancellationToken)).Items;
    }

    // What is served is described in the registry. Without an answer there is just no request to show.
    private async Task<(IReadOnlyDictionary<string, Signature> Signatures, string? Missing)> SignaturesAsync(
        JsonObject serving, CancellationToken cancellationToken)
    {
        var signatures = new Dictionary<string, Signature>();
        string? missing = null;
        foreach (var predictor in (serving["spec"]?["predictors"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (!ModelReference.TryParse(Text(predictor["annotations"]?[ServingAnnotations.Model]), out var model))
            {
                continue;
            }

            try
            {
                var artifact = await ModelArtifacts.FetchAsync(
                    registry.Repository(model.Repository), model.TagOrDigest!, cancellationToken);
                signatures[Text(predictor["name"]) ?? ""] = artifact.OrmbFile.Signature;
            }
            catch (RegistryException exception) when (exception.IsNotFound)
            {
                missing = $"{model} is not in the registry any more, so no further pod can start.";
            }
            catch (Exception exception) when (exception is RegistryException or NotAModelException or HttpRequestException or IOException)
            {
                // The state of the serving is what was asked for; the registry is not in its way.
            }
        }

        return (signatures, missing);
    }

    private static string Space(JsonObject serving) => Text(serving["metadata"]?["namespace"])!;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
