using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Seldon;

/// <summary>The pod of a predictor: the server, the volume of the model, and the container that fetches it.</summary>
internal static class SeldonPod
{
    public static void Render(string servingName, JsonObject pod, PredictorPlan plan, ServingOptions options)
    {
        var containers = pod.List("containers");
        if (containers.Count == 0)
        {
            containers.Append(new JsonObject());
        }

        var container = (JsonObject)containers[0]!;
        var mount = Mount(pod, container, plan, servingName);
        SeldonContainer.Render(container, servingName, plan, options);
        pod.SetIfAbsent("schedulerName", options.SchedulerName);
        pod.SetIfAbsent("automountServiceAccountToken", false);
        pod.SetIfAbsent("securityContext", plan.Server?.UserId is { } user ? SecurityContext(user) : null);
        RenderInitializer(pod, container, mount, servingName, plan, options);
    }

    // The server reads and never writes: the mount is read-only for it and writable for the initializer.
    private static JsonObject Mount(JsonObject pod, JsonObject container, PredictorPlan plan, string servingName)
    {
        var mounts = container.List("volumeMounts");
        if (mounts.Count == 0)
        {
            mounts.Append(new JsonObject { ["name"] = ServingVariables.ModelVolume, ["mountPath"] = plan.MountPath });
        }

        var mount = (JsonObject)mounts[0]!;
        var volumes = pod.List("volumes");
        if (volumes.Named((string)mount["name"]!) is null)
        {
            volumes.Append(new JsonObject { ["name"] = ServingVariables.ModelVolume, ["emptyDir"] = new JsonObject() });
        }

        mount.Remove("subPath");
        if (volumes.Named((string)mount["name"]!)!["emptyDir"] is null)
        {
            // Several replicas and versions share this volume; the digest keeps them apart.
            mount["subPath"] = $"serving/{servingName}/{plan.Name}/{plan.Model.Digest!.Short}";
        }

        mount.Remove("readOnly");
        var writable = (JsonObject)mount.DeepClone();
        if (plan.Server is not null)
        {
            mount["readOnly"] = true;
        }

        return writable;
    }

    private static void RenderInitializer(
        JsonObject pod, JsonObject container, JsonObject mount, string servingName, PredictorPlan plan, ServingOptions options)
    {
        var annotations = plan.Request.Field["annotations"];
        var initializers = pod.List("initContainers");
        initializers.RemoveNamed(plan.Name + ServingVariables.InitializerSuffix);
        if (annotations[ServingAnnotations.SkipInitializer].AsText() != "true")
        {
            initializers.Append(SeldonInitializer.Render(container, mount, servingName, plan, options));
        }
    }

    private static JsonObject SecurityContext(long user) => new()
    {
        ["runAsNonRoot"] = true,
        ["runAsUser"] = user,
        ["runAsGroup"] = user,
        ["fsGroup"] = user,
        ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
    };
}
