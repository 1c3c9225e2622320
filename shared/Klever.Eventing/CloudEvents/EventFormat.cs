using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CloudNative.CloudEvents.SystemTextJson;

namespace Klever.Eventing.CloudEvents;

/// <summary>The JSON event format with our limits and without reflection: data is a <see cref="JsonElement"/> when it
/// comes and a
/// <see cref="JsonObject"/> or <see cref="JsonElement"/> when it goes.</summary>
public static class EventFormat
{
    public static JsonEventFormatter Formatter { get; } = new(
        new JsonSerializerOptions { TypeInfoResolver = EventJsonContext.Default },
        new JsonDocumentOptions { MaxDepth = EventLimits.MaximumDepth });
}

[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
