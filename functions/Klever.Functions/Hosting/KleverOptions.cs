using Klever.Eventing.Sinks;
using Klever.Functions.Telemetry;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.Serving;

namespace Klever.Functions.Hosting;

/// <summary>All settings of the program, read once at start by <see cref="OptionsReader"/> and validated there.</summary>
internal sealed record KleverOptions
{
    /// <summary>Names of the functions to run (<c>KLEVER_FUNCTIONS</c>, a comma list); empty for all.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary><c>KLEVER_FACE</c>: public, events or both.</summary>
    public Face Face { get; init; }

    /// <summary><c>Klever:Access</c>: Harbor or Open.</summary>
    public AccessMode Access { get; init; }

    /// <summary><c>Klever:Namespace</c> and <c>Klever:Namespaces</c>: where ModelJobs of pushed models are created.</summary>
    public NamespaceMap Namespaces { get; init; } = NamespaceMap.Parse("default", []);

    public required RegistrySettings Registry { get; init; }

    /// <summary><c>Klever:HarborAgent:Address</c>: how clients reach the agent; null for the Host that each request names.</summary>
    public Uri? AgentAddress { get; init; }

    public WebhookSettings Webhook { get; init; } = new();

    public StateSettings State { get; init; } = new();

    /// <summary><c>Klever:Shutdown:Drain</c>: how long the process still takes requests after SIGTERM, while it says that it is not ready.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(1);

    public UploadSettings Uploads { get; init; } = new();

    public SweepSettings Sweep { get; init; } = new();

    public TelemetrySettings Telemetry { get; init; } = new();

    /// <summary><c>K_SINK</c>, as a SinkBinding sets it: the broker; null when there is none.</summary>
    public SinkOptions? Sink { get; init; }

    /// <summary>What the Jobs of ModelJobs look like.</summary>
    public required JobOptions Jobs { get; init; }

    /// <summary>What servings look like; <c>TRT_SERVING_IMAGE</c> and the other variables of Klever Model Registry.</summary>
    public required ServingOptions Servings { get; init; }

    /// <summary><c>KUBERNETES_API</c>: an API server without TLS and credential, as the local platform has one.</summary>
    public Uri? KubernetesApi { get; init; }

    /// <summary><c>KUBECONFIG</c>: a kubeconfig file. With neither, the Pod's service account is used.</summary>
    public string? Kubeconfig { get; init; }
}
