using System.Text.Json;
using Klever.Models;

namespace Klever.Eventing.Pushes;

/// <summary>The envelope of the distribution registry (distribution 2.8 and 3, "Work with notifications").</summary>
internal static class DistributionNotification
{
    private static readonly HashSet<string> Manifests = new(StringComparer.Ordinal)
    {
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    };

    public static PushReading Read(JsonElement root)
    {
        var reading = new PushCollector(PushFormat.Distribution);
        if (!root.Has("events", JsonValueKind.Array))
        {
            reading.Refuse("events is missing");
        }

        foreach (var (notification, index) in root.Array("events").Select((e, i) => (e, i)))
        {
            Read(reading, $"events[{index}]", notification);
        }

        return reading.ToReading();
    }

    private static void Read(PushCollector reading, string place, JsonElement notification)
    {
        var action = notification.Text("action");
        if (action != "push")
        {
            reading.Ignore($"{Excerpt.Of(action)} is not a push");
            return;
        }

        if (notification.Object("target") is not { } target)
        {
            reading.Refuse($"{place}.target is missing");
            return;
        }

        if (target.Text("mediaType") is not { } mediaType || !Manifests.Contains(mediaType))
        {
            reading.Ignore($"{Excerpt.Of(target.Text("mediaType"))} is not a manifest");
            return;
        }

        var address = notification.Object("source")?.Text("addr");
        reading.Add(
            place + ".target",
            target.Text("repository"),
            target.Text("digest"),
            target.Text("tag"),
            (repository, digest, tag) => new PushEvent
            {
                Source = address is null ? "registry" : $"registry/{Excerpt.Of(address)}",
                Id = notification.Text("id") ?? "",
                Repository = repository,
                Digest = digest,
                Tag = tag,
                Operator = notification.Object("actor")?.Text("name"),
                Time = notification.Time("timestamp"),
            });
    }
}
