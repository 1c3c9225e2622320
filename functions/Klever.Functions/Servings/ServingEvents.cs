using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Eventing;
using Klever.Eventing.CloudEvents;
using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Functions.Servings;

/// <summary><c>io.kleveross.serving.requested.v1</c>: the data is the body of the REST call; the reply is <c>serving.created</c>.</summary>
internal sealed class ServingEvents(Composition composition, ServingStore store, KleverOptions options, TimeProvider clock)
{
    public async Task<EventOutcome> HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        if (cloudEvent.JsonObject() is not { } data || Body(data) is not { } body)
        {
            return EventOutcome.Rejected("The data of the event is not a JSON object; it is the body of POST …/servings.");
        }

        try
        {
            var request = Request(body);
            return await ServeAsync(request, cancellationToken) is { } serving
                ? EventOutcome.Done(KleverEvents.ServingCreated(request.Predictors[0].Model, Identity(request, serving), clock.GetUtcNow()))
                : EventOutcome.Ignored("another serving has this name");
        }
        catch (ServingException exception)
        {
            return EventOutcome.Rejected(exception.Message);
        }
    }

    // An event has no path that names the namespace; where its body names none, the project of the model decides.
    private ServingRequest Request(JsonObject body)
    {
        var space = Text((body["metadata"] as JsonObject)?["namespace"]) ?? Text(body["namespace"]);
        var request = composition.Parse(body, space ?? options.Namespaces.Default);
        return space is null ? request with { Namespace = options.Namespaces.Of(request.Predictors[0].Model.Repository) } : request;
    }

    // Delivered again, the event finds what it made the first time, and its reply may have been lost.
    private async Task<JsonObject?> ServeAsync(ServingRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await store.CreateAsync(request, cancellationToken);
        }
        catch (ClusterException exception) when (exception.Failure == ClusterFailure.AlreadyExists)
        {
            return await store.ResumeAsync(request, cancellationToken);
        }
    }

    private static JsonObject? Body(JsonElement data)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            return JsonNode.Parse(data.GetRawText(), documentOptions: options) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ObjectIdentity Identity(ServingRequest request, JsonObject serving) =>
        new(request.Namespace, request.Name, Text(serving["metadata"]?["uid"]) ?? "");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
