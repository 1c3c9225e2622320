using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>Writes core/v1 Events about an object; one that repeats is counted and not written anew.</summary>
internal sealed class EventRecorder(ApiObjects objects, string component)
{
    public void Record(JsonObject item, string type, string reason, string message)
    {
        var now = Timestamp.Seconds(objects.Clock.GetUtcNow());
        var hash = Digest($"{item.Uid()}/{reason}/{message}");
        var key = new ObjectKey(BuiltInTypes.Events.Key, item.Namespace(), $"{item.Name()}.{hash}");
        try
        {
            if (objects.Find(BuiltInTypes.Events, key.Namespace, key.Name) is null)
            {
                objects.Create(BuiltInTypes.Events, key.Namespace, New(item, key.Name, type, reason, message, now));
                return;
            }

            objects.Update(BuiltInTypes.Events, key, "", current =>
            {
                current["count"] = (current.Number("count") ?? 1) + 1;
                current["lastTimestamp"] = now;
                return current;
            });
        }
        catch (ApiException)
        {
            // The namespace is going; an event about it interests nobody.
        }
    }

    private JsonObject New(JsonObject item, string name, string type, string reason, string message, string now) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Event",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["involvedObject"] = new JsonObject
        {
            ["apiVersion"] = item.ApiVersion(),
            ["kind"] = item.Kind(),
            ["namespace"] = item.Namespace(),
            ["name"] = item.Name(),
            ["uid"] = item.Uid(),
            ["resourceVersion"] = item.ResourceVersion(),
        },
        ["type"] = type,
        ["reason"] = reason,
        ["message"] = message,
        ["count"] = 1,
        ["firstTimestamp"] = now,
        ["lastTimestamp"] = now,
        ["source"] = new JsonObject { ["component"] = component },
        ["reportingComponent"] = component,
    };

    private static string Digest(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16];
}
