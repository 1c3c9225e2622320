using System.Text.Json;
using CloudNative.CloudEvents;

namespace Klever.Eventing.CloudEvents;

/// <summary>The JSON data of an event.</summary>
public static class EventData
{
    /// <summary>The data when it is a JSON object, else null.</summary>
    public static JsonElement? JsonObject(this CloudEvent cloudEvent) =>
        cloudEvent.Data is JsonElement { ValueKind: JsonValueKind.Object } element ? element : null;
}
