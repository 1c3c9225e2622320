using k8s.Models;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Kubernetes.Jobs;

/// <summary>The pod of a Job: one container that runs <c>klever</c> with as few rights as a process can have.</summary>
internal static class JobPod
{
    /// <summary>Upstream's name of the volume, kept because init containers of users mount it.</summary>
    private const string ModelVolume = "model";
    private const string ModelPath = "/models";
    private const string TemporaryVolume = "tmp";
    private const string TerminationMessagePath = "/dev/termination-log";

    public static V1PodSpec Build(ModelJob modelJob, JobTask task, JobOptions options) => new()
    {
        RestartPolicy = "Never",
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        SchedulerName = options.SchedulerName,
        SecurityContext = new V1PodSecurityContext
        {
            RunAsNonRoot = true,
            RunAsUser = options.UserId,
            RunAsGroup = options.UserId,
            FsGroup = options.UserId,
            SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
        },
        InitContainers = modelJob.Spec.InitContainer is { Count: > 0 } containers ? [.. containers] : null,
        Containers = [Container(modelJob, task, options)],
        Volumes =
        [
            EmptyDirectory(TemporaryVolume, "64Mi"),
            EmptyDirectory(ModelVolume, options.Scratch),
        ],
    };

    private static V1Volume EmptyDirectory(string name, string size) => new()
    {
        Name = name,
        EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity(size) },
    };

    private static V1Container Container(ModelJob modelJob, JobTask task, JobOptions options) => new()
    {
        Name = JobBuilder.ContainerName,
        Image = options.Image,
        ImagePullPolicy = "IfNotPresent",
        Command = ["klever", task.IsConversion ? "convert" : "extract"],
        Env = JobEnvironment.Build(modelJob, task, options, TerminationMessagePath, ModelPath),
        WorkingDir = ModelPath,
        Resources = Resources(modelJob.Spec, options),
        TerminationMessagePath = TerminationMessagePath,
        TerminationMessagePolicy = "File",
        SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
        VolumeMounts =
        [
            new V1VolumeMount { Name = TemporaryVolume, MountPath = "/tmp" },
            new V1VolumeMount { Name = ModelVolume, MountPath = ModelPath },
        ],
    };

    private static V1ResourceRequirements Resources(ModelJobSpec spec, JobOptions options)
    {
        var sizes = new Dictionary<string, ResourceQuantity>
        {
            ["cpu"] = new(JobEnvironment.Quantity(spec, JobVariables.TaskCpu) ?? options.Cpu),
            ["memory"] = new(JobEnvironment.Quantity(spec, JobVariables.TaskMemory) ?? options.Memory),
        };
        return new V1ResourceRequirements { Requests = sizes, Limits = sizes };
    }
}
