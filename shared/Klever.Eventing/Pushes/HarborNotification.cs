using System.Text.Json;
using CloudNative.CloudEvents;
using Klever.Eventing.CloudEvents;
using Klever.Models;

namespace Klever.Eventing.Pushes;

/// <summary>Harbor's <c>event_data</c>, which is the whole data of its CloudEvents as well.</summary>
internal static class HarborNotification
{
    private const string PushType = "PUSH_ARTIFACT";

    /// <summary>Payload format CloudEvents.</summary>
    public static PushReading Read(CloudEvent cloudEvent)
    {
        if (cloudEvent.Type != EventTypes.HarborArtifactPushed)
        {
            return Ignored(PushFormat.CloudEvent, cloudEvent.Type);
        }

        return cloudEvent.JsonObject() is { } data
            ? Resources(PushFormat.CloudEvent, "data", data, (repository, digest, tag) => new PushEvent
            {
                Source = cloudEvent.Source?.ToString() ?? "",
                Id = cloudEvent.Id ?? "",
                Repository = repository,
                Digest = digest,
                Tag = tag,
                Operator = cloudEvent["operator"] as string is { Length: > 0 } name ? name : null,
                Time = cloudEvent.Time,
            })
            : new PushReading { Format = PushFormat.CloudEvent, Malformed = "data is not a JSON object" };
    }

    /// <summary>Payload format Default.</summary>
    public static PushReading Read(JsonElement root)
    {
        if (root.Text("type") is not { } type || root.Object("event_data") is not { } data)
        {
            return new PushReading
            {
                Format = PushFormat.HarborDefault,
                Malformed = "it is no notification of Harbor: type or event_data is missing",
            };
        }

        return type != PushType
            ? Ignored(PushFormat.HarborDefault, type)
            : Resources(PushFormat.HarborDefault, "event_data", data, (repository, digest, tag) => new PushEvent
            {
                Source = "harbor",
                Id = "",
                Repository = repository,
                Digest = digest,
                Tag = tag,
                Operator = root.Text("operator"),
                Time = root.UnixSeconds("occur_at"),
            });
    }

    private static PushReading Resources(
        PushFormat format, string where, JsonElement data, Func<string, Digest, string?, PushEvent> create)
    {
        var reading = new PushCollector(format);
        var repository = data.Object("repository")?.Text("repo_full_name");
        var resources = data.Array("resources");
        if (resources.Count == 0)
        {
            reading.Refuse($"{where}.resources is missing or empty");
        }

        foreach (var (resource, index) in resources.Select((r, i) => (r, i)))
        {
            var place = $"{where}.resources[{index}]";
            reading.Add(place, repository, resource.Text("digest"), resource.Text("tag"), create);
        }

        return reading.ToReading();
    }

    private static PushReading Ignored(PushFormat format, string? type) =>
        new() { Format = format, Ignored = [$"{Excerpt.Of(type)} is not a push"] };
}
