using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>The conditions of a Job's status (batch/v1 JobCondition).</summary>
internal static class JobConditions
{
    public static JsonObject? Find(JsonObject status, string type) =>
        status.Objects("conditions").FirstOrDefault(c => c.Text("type") == type && c.Text("status") == "True");

    public static JsonObject? Finished(JsonObject status) => Find(status, "Complete") ?? Find(status, "Failed");

    public static void Add(JsonObject status, string type, string reason, string message, DateTimeOffset now)
    {
        if (status["conditions"] is not JsonArray conditions)
        {
            status["conditions"] = conditions = [];
        }

        conditions.Add((JsonNode)new JsonObject
        {
            ["type"] = type,
            ["status"] = "True",
            ["lastProbeTime"] = Timestamp.Seconds(now),
            ["lastTransitionTime"] = Timestamp.Seconds(now),
            ["reason"] = reason,
            ["message"] = message,
        });
    }
}
