namespace Klever.Kubernetes.Serving.Requests;

/// <summary>What a pod of a caller may not ask for: the baseline of the Pod Security Standards. Who may serve a model
/// is decided by
/// rights on the model's project, and those are no rights on the nodes of the cluster.</summary>
internal static class PodRules
{
    private static readonly string[] HostNamespaces = ["hostNetwork", "hostPID", "hostIPC"];

    private static readonly HashSet<string> HarmlessCapabilities = new(StringComparer.Ordinal)
    {
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
        "SETGID",
        "SETPCAP", "SETUID", "SYS_CHROOT",
    };

    public static void Check(PredictorRequest request, ServingOptions options)
    {
        if (!options.AllowsSecrets)
        {
            SecretRules.Check(request, request.Implementation is null || ServerChoice.IsKnown(request.Implementation));
        }

        if (options.AllowsPrivilegedPods)
        {
            return;
        }

        foreach (var component in request.Field["componentSpecs"].AsList())
        {
            CheckPod(component["spec"]);
        }
    }

    private static void CheckPod(JsonField pod)
    {
        foreach (var name in HostNamespaces.Where(n => pod[n].AsFlag()))
        {
            throw Refused(pod[name]);
        }

        foreach (var field in new[] { pod["securityContext"]["sysctls"], pod["securityContext"]["windowsOptions"] }
            .Where(f => !f.IsAbsent))
        {
            throw Refused(field);
        }

        CheckSeccomp(pod["securityContext"]);
        foreach (var volume in pod["volumes"].AsList().Where(v => !v["hostPath"].IsAbsent))
        {
            throw Refused(volume["hostPath"]);
        }

        foreach (var container in pod["containers"].AsList().Concat(pod["initContainers"].AsList()))
        {
            CheckContainer(container);
        }
    }

    private static void CheckContainer(JsonField container)
    {
        var security = container["securityContext"];
        if (security["privileged"].AsFlag())
        {
            throw Refused(security["privileged"]);
        }

        foreach (var capability in security["capabilities"]["add"].AsList()
            .Where(c => c.AsText() is { } name && !HarmlessCapabilities.Contains(name)))
        {
            throw Refused(capability);
        }

        foreach (var field in new[] { security["procMount"], security["windowsOptions"], security["seLinuxOptions"] }
            .Where(f => !f.IsAbsent))
        {
            throw Refused(field);
        }

        CheckSeccomp(security);
        foreach (var port in container["ports"].AsList().Where(p => p["hostPort"].AsInteger() > 0))
        {
            throw Refused(port["hostPort"]);
        }
    }

    private static void CheckSeccomp(JsonField security)
    {
        if (security["seccompProfile"]["type"].AsText() == "Unconfined")
        {
            throw Refused(security["seccompProfile"]["type"]);
        }
    }

    private static ServingException Refused(JsonField field) => new(
        ServingProblems.PodNotAllowed,
        field.Path,
        "it would give the pod rights on its node; leave it out, or ask an administrator to allow it.");
}
