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

    /// <summary><c>Klever:Namespace</c>: where ModelJobs of pushed models are created.</summary>
    public string Namespace { get; init; } = "default";

    public required RegistrySettings Registry { get; init; }

    public WebhookSettings Webhook { get; init; } = new();

    public StateSettings State { get; init; } = new();

    /// <summary><c>KUBERNETES_API</c>: an API server without TLS and credential, as the local platform has one; null to use the
    /// Pod's service account or KUBECONFIG.</summary>
    public Uri? KubernetesApi { get; init; }

    /// <summary>What is sent as the bearer token to <see cref="KubernetesApi"/>, to tell callers apart in its audit.</summary>
    public string? KubernetesToken { get; init; }

    /// <summary><c>K_SINK</c>: where events go that nobody asked for by a Trigger, injected by a SinkBinding.</summary>
    public Uri? Sink { get; init; }
}
