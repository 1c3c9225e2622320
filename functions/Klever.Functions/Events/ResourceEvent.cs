using System.Diagnostics.CodeAnalysis;
using CloudNative.CloudEvents;

namespace Klever.Functions.Events;

/// <summary>Which object an event of an ApiServerSource speaks of. What the event says of the object's state is not looked at:
/// the cluster is asked.</summary>
internal sealed record ResourceEvent(string Kind, string Namespace, string Name)
{
    private const int MaximumNameLength = 253;

    /// <summary>Reads the extensions <c>kind</c>, <c>namespace</c> and <c>name</c> (Knative ApiServerSource, event attributes).</summary>
    public static bool TryRead(CloudEvent cloudEvent, [NotNullWhen(true)] out ResourceEvent? resource)
    {
        resource = Text(cloudEvent, "kind") is { } kind && Text(cloudEvent, "namespace") is { } space && Text(cloudEvent, "name") is { } name
            ? new ResourceEvent(kind, space, name)
            : null;
        return resource is not null;
    }

    private static string? Text(CloudEvent cloudEvent, string attribute) =>
        cloudEvent[attribute] is string { Length: > 0 and <= MaximumNameLength } text ? text : null;
}
