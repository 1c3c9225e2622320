using k8s.Models;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Kubernetes.Jobs;

/// <summary>The Job of a ModelJob (DESIGN.md, section 4.4): the same input gives the same Job.</summary>
public static class JobBuilder
{
    /// <summary>Name of the container that runs <c>klever</c>.</summary>
    public const string ContainerName = "executor";

    private const int RetriesAfterDisruption = 2;

    /// <param name="modelJob">As the API server has it: the uid is needed for the owner reference.</param>
    /// <param name="source">The manifest that <c>spec.model</c> names now; null when <c>spec.model</c> itself names a
    /// digest.</param>
    /// <param name="options">What the administrator decided.</param>
    /// <exception cref="InvalidModelJobException">The spec cannot become a Job, however often it is tried.</exception>
    public static V1Job Build(ModelJob modelJob, Digest? source, JobOptions options)
    {
        var task = JobTask.Of(modelJob.Spec, source, options);
        var labels = Labels(modelJob, task);
        return new V1Job
        {
            ApiVersion = V1Job.KubeGroup + "/" + V1Job.KubeApiVersion,
            Kind = V1Job.KubeKind,
            Metadata = new V1ObjectMeta
            {
                Name = modelJob.Name,
                NamespaceProperty = modelJob.Namespace,
                Labels = labels,
                Annotations = Annotations(modelJob),
                OwnerReferences = [Owner(modelJob)],
            },
            Spec = new V1JobSpec
            {
                BackoffLimit = RetriesAfterDisruption,
                ActiveDeadlineSeconds = (long)options.Deadline.TotalSeconds,
                TtlSecondsAfterFinished = (int)options.TimeToLive.TotalSeconds,
                PodFailurePolicy = FailurePolicy(),
                Template = new V1PodTemplateSpec
                {
                    Metadata = new V1ObjectMeta { Labels = labels, Annotations = Annotations(modelJob) },
                    Spec = JobPod.Build(modelJob, task, options),
                },
            },
        };
    }

    /// <summary>The manifest that a Job of ours was given; null when it does not say.</summary>
    public static Digest? SourceOf(V1Job job)
    {
        var executor = job.Spec?.Template?.Spec?.Containers?.FirstOrDefault(container => container.Name == ContainerName);
        var source = executor?.Env?.FirstOrDefault(variable => variable.Name == JobVariables.SourceModelTag)?.Value;
        return ModelReference.TryParse(source, out var model) ? model.Digest : null;
    }

    private static Dictionary<string, string> Labels(ModelJob modelJob, JobTask task) => new()
    {
        [ModelJobResource.ManagedByLabel] = ModelJobResource.ManagedByValue,
        [ModelJobResource.NameLabel] = modelJob.Name,
        [task.IsConversion ? ModelJobResource.ConvertLabel : ModelJobResource.ExtractLabel] = "true",
    };

    private static Dictionary<string, string>? Annotations(ModelJob modelJob) =>
        TraceParent.Of(modelJob.Metadata) is { } parent ? new() { [TraceParent.Annotation] = parent } : null;

    private static V1OwnerReference Owner(ModelJob modelJob) => new()
    {
        ApiVersion = ModelJobResource.ApiVersion,
        Kind = ModelJobResource.Kind,
        Name = modelJob.Name,
        Uid = modelJob.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    // The rules are tried in order (batch/v1 PodFailurePolicy). A pod that was evicted or preempted did nothing wrong
    // and is
    // not counted; a task that says why it failed would fail again; what is left, such as a crash, counts toward the
    // limit.
    private static V1PodFailurePolicy FailurePolicy() => new()
    {
        Rules =
        [
            new V1PodFailurePolicyRule
            {
                Action = "Ignore",
                OnPodConditions = [new V1PodFailurePolicyOnPodConditionsPattern { Type = "DisruptionTarget", Status = "True" }],
            },
            new V1PodFailurePolicyRule
            {
                Action = "FailJob",
                OnExitCodes = new V1PodFailurePolicyOnExitCodesRequirement
                {
                    ContainerName = ContainerName,
                    OperatorProperty = "In",
                    Values = [.. FinalExitCodes.Order()],
                },
            },
        ],
    };

    private static IEnumerable<int> FinalExitCodes =>
        Enum.GetValues<JobExitCode>().Where(c => c is not (JobExitCode.Done or JobExitCode.Unexpected)).Select(
            c => (int)c);
}
