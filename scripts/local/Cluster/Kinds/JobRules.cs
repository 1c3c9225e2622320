using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Schemas;

namespace Klever.Local.Cluster.Kinds;

/// <summary>batch/v1 Job: defaults, the selector and labels that tie its pods to it, and what cannot be changed later.</summary>
internal static class JobRules
{
    public const string ControllerUidLabel = "batch.kubernetes.io/controller-uid";
    public const string JobNameLabel = "batch.kubernetes.io/job-name";

    private const int DefaultBackoffLimit = 6;
    private const int MaximumNameLength = 63;
    private static readonly string[] Immutable = ["template", "selector", "completions", "podFailurePolicy", "backoffLimitPerIndex"];
    private static readonly string[] RestartPolicies = ["Never", "OnFailure"];

    public static void SetDefaults(JsonObject job)
    {
        var spec = job.Child("spec");
        spec["parallelism"] ??= 1;
        spec["completions"] ??= 1;
        spec["completionMode"] ??= "NonIndexed";
        spec["backoffLimit"] ??= DefaultBackoffLimit;
        spec["suspend"] ??= false;
        spec["podReplacementPolicy"] ??= spec.At("podFailurePolicy") is null ? "TerminatingOrFailed" : "Failed";
        if (!spec.Flag("manualSelector"))
        {
            spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [ControllerUidLabel] = job.Uid() } };
            var labels = spec.Child("template").Child("metadata").Child("labels");
            labels[ControllerUidLabel] = job.Uid();
            labels[JobNameLabel] = job.Name();
            labels["controller-uid"] = job.Uid();
            labels["job-name"] = job.Name();
        }

        PodRules.SetSpecDefaults(spec.Child("template").Child("spec"));
    }

    public static IEnumerable<FieldError> Validate(JsonObject job, JsonObject? former)
    {
        if (former is null && job.Name().Length > MaximumNameLength)
        {
            yield return FieldError.Invalid(
                "spec.template.labels", $"\"{job.Name()}\"", $"must be no more than {MaximumNameLength} characters");
        }

        foreach (var error in PodRules.ValidateSpec(job.At("spec", "template", "spec"), "spec.template.spec"))
        {
            yield return error;
        }

        var policy = job.Text("spec", "template", "spec", "restartPolicy");
        if (!RestartPolicies.Contains(policy))
        {
            yield return policy is null or "Always"
                ? FieldError.NotSupported("spec.template.spec.restartPolicy", "\"Always\"", RestartPolicies.Select(p => $"\"{p}\""))
                : FieldError.NotSupported("spec.template.spec.restartPolicy", $"\"{policy}\"", RestartPolicies.Select(p => $"\"{p}\""));
        }

        if (policy == "OnFailure" && job.At("spec", "podFailurePolicy") is not null)
        {
            yield return FieldError.Invalid(
                "spec.template.spec.restartPolicy", "\"OnFailure\"", "only \"Never\" is supported when podFailurePolicy is specified");
        }

        foreach (var name in Immutable.Where(n => former is not null && Differs(job, former, n)))
        {
            yield return FieldError.Invalid($"spec.{name}", "\"object\"", "field is immutable");
        }
    }

    private static bool Differs(JsonObject job, JsonObject former, string name) =>
        !JsonNode.DeepEquals(job.At("spec", name), former.At("spec", name));
}
