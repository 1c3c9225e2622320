using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Requests;

/// <summary>What a pod of a caller may not read: Secrets, ConfigMaps and service accounts of the namespace. Rights on a
/// project of Harbor are no rights in the cluster, and the credential that pulls models is a Secret beside it.</summary>
internal static class SecretRules
{
    /// <summary>Kinds of volumes that give a pod nothing that is not its own or its namespace's storage.</summary>
    private static readonly HashSet<string> Volumes = new(StringComparer.Ordinal)
    {
        "name", "emptyDir", "ephemeral", "persistentVolumeClaim", "downwardAPI", "image", "hostPath",
    };

    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "secretKeyRef", "secretRef", "configMapKeyRef", "configMapRef", "envSecretRefName", "certSecretName",
        "serviceAccountName", "serviceAccount", "storageInitializerImage",
    };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal)
    {
        "automountServiceAccountToken", "shareProcessNamespace",
    };

    private static readonly HashSet<string> FreeText = new(StringComparer.Ordinal)
    {
        "labels", "annotations", "matchLabels", "nodeSelector", "limits", "requests", "trafficMatchs",
    };

    /// <summary>What every namespace has and every pod runs as; Klever's clients send it.</summary>
    private const string DefaultAccount = "default";

    /// <param name="request">A predictor; the init container that composing makes anew is not looked at, whatever is
    /// there.</param>
    /// <param name="isComposed">False: Seldon runs it as it is sent. Else <c>graph.envSecretRefName</c>, which Klever's
    /// clients send, goes nowhere.</param>
    public static void Check(PredictorRequest request, bool isComposed)
    {
        var initializer = request.Name + ServingVariables.InitializerSuffix;
        foreach (var (name, field) in Children(request.Field).Where(child => !FreeText.Contains(child.Name)))
        {
            var ignored = isComposed && name == "graph" ? "envSecretRefName" : null;
            Check(name, field, initializer, ignored);
        }
    }

    private static void Check(string name, JsonField field, string initializer, string? ignored = null)
    {
        if (IsRefused(name, field))
        {
            throw Refused(field);
        }

        if (name == "volumes")
        {
            CheckVolumes(field);
        }
        else if (!IsNamed(field, initializer))
        {
            foreach (var (childName, child) in Children(field).Where(c => c.Name != ignored && !FreeText.Contains(c.Name)))
            {
                Check(childName, child, initializer);
            }
        }
    }

    private static bool IsRefused(string name, JsonField field) =>
        (Members.Contains(name) && field.Node is not null && field.Node.ToString() is not ("" or DefaultAccount))
        || (Flags.Contains(name) && field.Node?.GetValueKind() == JsonValueKind.True);

    private static void CheckVolumes(JsonField volumes)
    {
        foreach (var volume in volumes.AsList())
        {
            foreach (var kind in (volume.AsObject() ?? []).Where(k => k.Value is not null && !Volumes.Contains(k.Key)))
            {
                throw Refused(volume[kind.Key]);
            }
        }
    }

    private static IEnumerable<(string Name, JsonField Field)> Children(JsonField field) => field.Node switch
    {
        JsonObject item => item.Select(member => (member.Key, field[member.Key])),
        JsonArray => field.AsList().Select(element => ("", element)),
        _ => [],
    };

    private static bool IsNamed(JsonField field, string name) =>
        field.Node is JsonObject item && item["name"] is JsonValue value && value.TryGetValue(out string? text) && text == name;

    private static ServingException Refused(JsonField field) => new(
        ServingProblems.PodNotAllowed,
        field.Path,
        "it would let the pod read what belongs to the cluster; leave it out, or ask an administrator to allow it.");
}
