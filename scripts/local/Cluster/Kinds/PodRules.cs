using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Schemas;

namespace Klever.Local.Cluster.Kinds;

/// <summary>core/v1 Pod: the defaults and checks that running it rests on.</summary>
internal static class PodRules
{
    /// <summary>Seconds between the request to stop and the kill.</summary>
    public const int DefaultGracePeriodSeconds = 30;

    public static void SetDefaults(JsonObject pod)
    {
        var spec = pod.Child("spec");
        spec["restartPolicy"] ??= "Always";
        SetSpecDefaults(spec);
        pod.Child("status")["phase"] ??= "Pending";
    }

    public static void SetSpecDefaults(JsonObject spec)
    {
        spec["terminationGracePeriodSeconds"] ??= DefaultGracePeriodSeconds;
        spec["dnsPolicy"] ??= "ClusterFirst";
        spec["schedulerName"] ??= "default-scheduler";
        spec["securityContext"] ??= new JsonObject();
        foreach (var container in spec.Objects("initContainers").Concat(spec.Objects("containers")))
        {
            container["terminationMessagePath"] ??= "/dev/termination-log";
            container["terminationMessagePolicy"] ??= "File";
            container["resources"] ??= new JsonObject();
            container["imagePullPolicy"] ??= container.Text("image")?.EndsWith(":latest") == true ? "Always" : "IfNotPresent";
        }
    }

    public static IEnumerable<FieldError> Validate(JsonObject pod, JsonObject? former) => ValidateSpec(pod.At("spec"), "spec");

    public static IEnumerable<FieldError> ValidateSpec(JsonNode? spec, string field)
    {
        if (!spec.Objects("containers").Any())
        {
            yield return FieldError.Required($"{field}.containers");
        }

        var volumes = spec.Objects("volumes").Select(v => v.Text("name")).ToHashSet();
        var names = new HashSet<string>();
        foreach (var list in (string[])["initContainers", "containers"])
        {
            var index = 0;
            foreach (var container in spec.Objects(list))
            {
                foreach (var error in ValidateContainer(container, $"{field}.{list}[{index++}]", volumes, names))
                {
                    yield return error;
                }
            }
        }
    }

    private static IEnumerable<FieldError> ValidateContainer(
        JsonObject container, string field, HashSet<string?> volumes, HashSet<string> names)
    {
        if (container.Text("name") is not { Length: > 0 } name)
        {
            yield return FieldError.Required($"{field}.name");
        }
        else if (!names.Add(name))
        {
            yield return FieldError.Duplicate($"{field}.name", $"\"{name}\"");
        }

        if (container.Text("image") is not { Length: > 0 })
        {
            yield return FieldError.Required($"{field}.image");
        }

        var mounts = container.Objects("volumeMounts").ToList();
        for (var index = 0; index < mounts.Count; index++)
        {
            if (!volumes.Contains(mounts[index].Text("name")))
            {
                yield return new FieldError(
                    "FieldValueNotFound", $"{field}.volumeMounts[{index}].name", $"Not found: \"{mounts[index].Text("name")}\"");
            }
        }
    }
}
