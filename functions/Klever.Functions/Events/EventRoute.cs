using CloudNative.CloudEvents;

namespace Klever.Functions.Events;

/// <summary>A type of event that a function takes, and what it does with one.</summary>
/// <param name="Type">The CloudEvents <c>type</c>, or <see cref="AnyType"/>.</param>
/// <param name="Kind">For events of an ApiServerSource, the kind of object; null for all others.</param>
internal sealed record EventRoute(
    string Type, string? Kind, Func<IServiceProvider, CloudEvent, CancellationToken, Task<EventOutcome>> Handle)
{
    /// <summary>Takes every event, but only on the function's own path: on <c>POST /</c> it would take what others do not know.</summary>
    public const string AnyType = "*";

    public static EventRoute To<THandler>(
        string type, Func<THandler, CloudEvent, CancellationToken, Task<EventOutcome>> handle)
        where THandler : notnull =>
        new(type, Kind: null, (services, cloudEvent, token) => handle(services.GetRequiredService<THandler>(), cloudEvent, token));

    /// <summary>A route for changes of one kind of object.</summary>
    public static EventRoute ToResource<THandler>(
        string type, string kind, Func<THandler, ResourceEvent, CancellationToken, Task<EventOutcome>> handle)
        where THandler : notnull =>
        new(type, kind, (services, cloudEvent, token) => ResourceEvent.TryRead(cloudEvent, out var resource)
            ? handle(services.GetRequiredService<THandler>(), resource, token)
            : Task.FromResult(EventOutcome.Rejected("The event names no object: the extensions kind, namespace and name are needed.")));

    public bool Takes(CloudEvent cloudEvent) =>
        (cloudEvent.Type == Type || Type == AnyType) && (Kind is null || cloudEvent["kind"] as string == Kind);
}
