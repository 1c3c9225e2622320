using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.Serving.Routing;
using Klever.Kubernetes.Serving.Servers;
using Klever.Models;

namespace Klever.Kubernetes.Serving;

/// <summary>What an administrator decides about servings.</summary>
public sealed record ServingOptions
{
    /// <summary>Host and port of the registry that short references mean.</summary>
    public required string Registry { get; init; }

    /// <summary>Other hosts that mean the same registry.</summary>
    public IReadOnlyList<string> RegistryAliases { get; init; } = [];

    /// <summary>Whether the registry speaks HTTP without TLS: one machine only.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>The servers; for a format, the first that runs it and has an image.</summary>
    public IReadOnlyList<ServerProfile> Servers { get; init; } = [];

    /// <summary>The image that holds <c>klever initialize</c>.</summary>
    public required string InitializerImage { get; init; }

    /// <summary>A quantity, request and limit alike; null for none.</summary>
    public string? InitializerCpu { get; init; }

    /// <summary>A quantity, request and limit alike; null for none.</summary>
    public string? InitializerMemory { get; init; }

    /// <summary>Secret with ORMB_USERNAME and ORMB_PASSWORD that may pull, in the namespace of the serving. It may be
    /// missing.</summary>
    public string PullSecretName { get; init; } = "ormb";

    /// <summary>Namespaces where that Secret has another name.</summary>
    public IReadOnlyDictionary<string, string> PullSecretNames { get; init; } = new Dictionary<string, string>();

    /// <summary>For pods that name no scheduler; null for the cluster's default.</summary>
    public string? SchedulerName { get; init; }

    /// <summary>How long a server may take to load its model before it is restarted.</summary>
    public TimeSpan LoadBudget { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How requests are routed by their headers.</summary>
    public RoutingOptions Routing { get; init; } = new();

    /// <summary>Where requests come in from outside: the address of Istio's gateway; null when nobody said.</summary>
    public Uri? GatewayAddress { get; init; }

    /// <summary>Whether callers may ask for privileged pods; false holds them to the baseline of the Pod Security
    /// Standards.</summary>
    public bool AllowsPrivilegedPods { get; init; }

    /// <summary>Whether callers may have their pods read Secrets, ConfigMaps and service accounts of the
    /// namespace.</summary>
    public bool AllowsSecrets { get; init; }

    /// <summary>Resource names that are GPUs beside <c>nvidia.com/*</c> and <c>*/gpu</c>.</summary>
    public IReadOnlyList<string> GpuResources { get; init; } = [];

    /// <summary>Reads the variables of Klever Model Registry, and TF_SERVING_IMAGE and TRITON_TENSORFLOW_IMAGE beside
    /// them.</summary>
    public static ServingOptions FromEnvironment(string registry, Func<string, string?> variable) => new()
    {
        Registry = registry,
        Servers =
        [
            ServerProfiles.Triton(variable("TRT_SERVING_IMAGE") ?? ""),
            ServerProfiles.TensorFlowServing(variable("TF_SERVING_IMAGE") ?? ""),
            ServerProfiles.Triton(
                variable("TRITON_TENSORFLOW_IMAGE") ?? "", "triton-tensorflow", "SavedModel", "GraphDef"),
            ServerProfiles.MLServer(variable("MLSERVER_IMAGE") ?? ""),
            ServerProfiles.Openscoring(variable("PMML_SERVING_IMAGE") ?? ""),
        ],
        InitializerImage = variable("MODEL_INITIALIZER_IMAGE") ?? "",
        InitializerCpu = variable("MODEL_INITIALIZER_CPU") is { Length: > 0 } cpu ? cpu : null,
        InitializerMemory = variable("MODEL_INITIALIZER_MEM") is { Length: > 0 } memory ? memory : null,
        SchedulerName = variable("SCHEDULER_NAME") is { Length: > 0 } scheduler ? scheduler : null,
    };

    /// <summary>Lines of what is wrong; none when the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(InitializerImage))
        {
            yield return "MODEL_INITIALIZER_IMAGE is empty; name the image that holds klever.";
        }

        var sizes = new[] { ("MODEL_INITIALIZER_CPU", InitializerCpu), ("MODEL_INITIALIZER_MEM", InitializerMemory) };
        foreach (var (name, value) in sizes)
        {
            if (value is not null && !Quantity.IsPositive(value))
            {
                yield return $"{name} \"{Excerpt.Of(value)}\" is not a positive quantity such as 500m or 2Gi.";
            }
        }

        foreach (var problem in ServerTable.Problems(Servers))
        {
            yield return problem;
        }

        if (LoadBudget < TimeSpan.FromSeconds(10))
        {
            yield return "LoadBudget must be at least ten seconds.";
        }
    }

    /// <summary>The same, as they are in one namespace.</summary>
    public ServingOptions In(string namespaceName) =>
        this with { PullSecretName = PullSecretNames.GetValueOrDefault(namespaceName, PullSecretName) };

    /// <summary>A reference with the registry that it means.</summary>
    public ModelReference Resolve(ModelReference reference) => reference.WithRegistry(
        reference.Registry is null || IsRegistry(reference.Registry) ? Registry : reference.Registry);

    /// <summary>The repository of a model of this registry; null for anything else.</summary>
    public string? RepositoryOf(string? model) =>
        ModelReference.TryParse(model, out var reference) && Resolve(reference).Registry == Registry ? reference.Repository : null;

    /// <summary>Whether a host in a reference means <see cref="Registry"/>.</summary>
    public bool IsRegistry(string host) =>
        host == Registry || RegistryAliases.Contains(host, StringComparer.OrdinalIgnoreCase);
}
