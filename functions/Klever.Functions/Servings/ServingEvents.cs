using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Eventing;
using Klever.Eventing.CloudEvents;
using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving;

namespace Klever.Functions.Servings;

/// <summary><c>io.kleveross.serving.requested.v1</c>: the data is the body of the REST call; the reply is <c>serving.created</c>.</summary>
internal sealed class ServingEvents(Composition composition, ServingStore store, KleverOptions options, TimeProvider clock)
{
    public async Task<EventOutcome> HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        if (cloudEvent.JsonObject() is not { } data || JsonObject.Create(data) is not { } body)
        {
            return EventOutcome.Rejected("The data of the event is not a JSON object; it is the body of POST …/servings.");
        }

        try
        {
            var space = body["metadata"]?["namespace"]?.GetValue<string>() ?? body["namespace"]?.GetValue<string>() ?? options.Namespace;
            var request = composition.Parse(body, space);
            var created = await store.CreateAsync(request, cancellationToken);
            var identity = new ObjectIdentity(space, request.Name, created["metadata"]?["uid"]?.GetValue<string>() ?? "");
            return EventOutcome.Done(KleverEvents.ServingCreated(request.Predictors[0].Model, identity, clock.GetUtcNow()));
        }
        catch (ServingException exception)
        {
            return EventOutcome.Rejected(exception.Message);
        }
        catch (ClusterException exception) when (exception.Failure == ClusterFailure.AlreadyExists)
        {
            return EventOutcome.Ignored("the serving exists");
        }
    }
}
