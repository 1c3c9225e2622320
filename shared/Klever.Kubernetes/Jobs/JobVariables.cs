namespace Klever.Kubernetes.Jobs;

/// <summary>Names of the environment of a Job; those above the blank line are Klever Model Registry's.</summary>
public static class JobVariables
{
    public const string Framework = "FRAMEWORK";
    public const string Format = "FORMAT";
    public const string SourceFormat = "SOURCE_FORMAT";
    public const string Extractor = "EXTRACTOR";
    public const string SourceModelTag = "SOURCE_MODEL_TAG";
    public const string DestinationModelTag = "DESTINATION_MODEL_TAG";
    public const string Registry = "SERVER_ORMB_DOMAIN";
    public const string Username = "ORMB_USERNAME";
    public const string Password = "ORMB_PASSWORD";
    public const string TaskCpu = "MODELJOB_TASK_CPU";
    public const string TaskMemory = "MODELJOB_TASK_MEM";

    /// <summary>Name of the ModelJob, for the report.</summary>
    public const string Job = "KLEVER_JOB";

    /// <summary>The trace that the Job belongs to (OpenTelemetry, "Environment Variables as Context Propagation Carriers").</summary>
    public const string TraceParent = "TRACEPARENT";
    public const string TerminationMessagePath = "TERMINATION_MESSAGE_PATH";
    public const string PlainHttp = "PLAIN_HTTP";

    /// <summary>Where the task keeps the files of a model.</summary>
    public const string TemporaryDirectory = "TMPDIR";

    /// <summary>What <c>spec.env</c> may not set: it would send the credentials elsewhere or make the report speak of
    /// another model.</summary>
    internal static readonly IReadOnlySet<string> Fixed = new HashSet<string>(StringComparer.Ordinal)
    {
        SourceModelTag, DestinationModelTag, Registry, Job, TerminationMessagePath, PlainHttp,
    };

    /// <summary>What <c>spec.env</c> may take from a Secret but not spell out, because pod specs are widely
    /// readable.</summary>
    internal static readonly IReadOnlySet<string> Credentials = new HashSet<string>(StringComparer.Ordinal)
    {
        Username, Password, "SERVER_ORMB_USERNAME", "SERVER_ORMB_PASSWORD",
    };
}
