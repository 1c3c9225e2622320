namespace Klever.Kubernetes.ModelJobs;

/// <summary>The reasons of the condition <see cref="ModelJobConditions.Succeeded"/>.</summary>
public static class ModelJobReasons
{
    // Going on.

    /// <summary>The Job was created; no pod of it was seen yet.</summary>
    public const string JobCreated = "JobCreated";

    /// <summary>The pod waits for its image or volumes without an error so far.</summary>
    public const string ContainerCreating = "ContainerCreating";

    /// <summary>No node has room for the pod.</summary>
    public const string Unschedulable = "Unschedulable";

    /// <summary>The node cannot pull the image; it goes on trying until the deadline.</summary>
    public const string ImagePullFailed = "ImagePullFailed";

    /// <summary>The image reference of the options is malformed.</summary>
    public const string InvalidImageName = "InvalidImageName";

    /// <summary>The pod names a Secret, ConfigMap or key that is not there, or cannot run under its security
    /// context.</summary>
    public const string ContainerConfigError = "ContainerConfigError";

    public const string TaskRunning = "TaskRunning";

    /// <summary>The container ended well; its report is being written to the registry.</summary>
    public const string WritingResult = "WritingResult";

    // Ended well.

    /// <summary>The signature is in the ormbfile of the model.</summary>
    public const string SignatureWritten = "SignatureWritten";

    /// <summary>The tag is immutable, so the signature is attached to the model as a referrer.</summary>
    public const string SignatureAttached = "SignatureAttached";

    /// <summary>The converted model is in the registry.</summary>
    public const string Converted = "Converted";

    /// <summary>The tag moved to another model meanwhile; the result was dropped.</summary>
    public const string Superseded = "Superseded";

    /// <summary>There was nothing to do, or the model is gone.</summary>
    public const string Skipped = "Skipped";

    // Failed in the task: one for each exit code.
    public const string LoginFailed = "LoginFailed";
    public const string PullFailed = "PullFailed";
    public const string ExportFailed = "ExportFailed";
    public const string TaskFailed = "TaskFailed";
    public const string SaveFailed = "SaveFailed";
    public const string PushFailed = "PushFailed";
    public const string NotTheFormat = "NotTheFormat";
    public const string NotSupported = "NotSupported";
    public const string LimitExceeded = "LimitExceeded";

    /// <summary>An exit code that is none of ours: a crash, or a container of the user's.</summary>
    public const string TaskCrashed = "TaskCrashed";

    // Failed around the task.
    public const string OutOfMemory = "OutOfMemory";
    public const string DeadlineExceeded = "DeadlineExceeded";
    public const string Evicted = "Evicted";

    /// <summary>The Job failed and no pod of it is left to say why.</summary>
    public const string PodLost = "PodLost";

    /// <summary>The spec cannot become a Job; the message names the field.</summary>
    public const string InvalidSpec = "InvalidSpec";

    /// <summary>The container ended well, but its report cannot be read or contradicts the ModelJob.</summary>
    public const string ReportUnreadable = "ReportUnreadable";

    /// <summary>The registry refuses the result for good.</summary>
    public const string RegistryRefused = "RegistryRefused";
}
