using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Kubernetes.Jobs;

/// <summary>What an administrator decides about the Jobs of ModelJobs.</summary>
public sealed record JobOptions
{
    /// <summary>The image that holds <c>klever</c>.</summary>
    public required string Image { get; init; }

    /// <summary>Host and port of the registry that Jobs pull from and push to.</summary>
    public required string Registry { get; init; }

    /// <summary>Other hosts that mean the same registry, such as its external address; a ModelJob that names any other
    /// host is
    /// refused, because the Job would show that host the registry's credentials.</summary>
    public IReadOnlyList<string> RegistryAliases { get; init; } = [];

    /// <summary>Whether the registry speaks HTTP without TLS: one machine only.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>Secret with ORMB_USERNAME and ORMB_PASSWORD that may pull. It may be missing: then pulls are
    /// anonymous. <see cref="ProjectSecret.Placeholder"/> in it stands for the model's project.</summary>
    public string PullSecretName { get; init; } = "ormb";

    /// <summary>Namespaces whose Secret for pulling has another name.</summary>
    public IReadOnlyDictionary<string, string> PullSecretNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The same for conversions, which push; null for that of pulling.</summary>
    public string? PushSecretName { get; init; }

    /// <summary>Longest time for a Job, image pull included.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an ended Job stays for people to look at.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A Kubernetes quantity; request and limit alike.</summary>
    public string Cpu { get; init; } = "1";

    /// <summary>A Kubernetes quantity; request and limit alike.</summary>
    public string Memory { get; init; } = "512Mi";

    /// <summary>Room for the files of a model while a Job works on them.</summary>
    public string Scratch { get; init; } = "16Gi";

    public string SchedulerName { get; init; } = "default-scheduler";

    /// <summary>User and group that the task runs as; never 0.</summary>
    public long UserId { get; init; } = 65532;

    /// <summary>Lines of what is wrong; none when the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Image))
        {
            yield return "Image is empty; name the image that holds klever.";
        }

        if (!ModelReference.TryParse($"{Registry}/a/b:c", out var probe) || probe.Registry != Registry)
        {
            yield return $"Registry \"{Excerpt.Of(Registry)}\" is not a host with a dot, a port or the name localhost.";
        }

        foreach (var (name, value) in new[] { (nameof(Cpu), Cpu), (nameof(Memory), Memory), (nameof(Scratch), Scratch) })
        {
            if (!Quantity.IsPositive(value))
            {
                yield return $"{name} \"{Excerpt.Of(value)}\" is not a positive quantity such as 500m or 2Gi.";
            }
        }

        if (Deadline < TimeSpan.FromSeconds(1) || TimeToLive < TimeSpan.Zero)
        {
            yield return "Deadline must be at least one second and TimeToLive must not be negative.";
        }

        if (UserId <= 0)
        {
            yield return "UserId must be above 0: the task never runs as root.";
        }
    }

    /// <summary>The Secret for pulling in a namespace.</summary>
    public string PullSecretIn(string namespaceName) => PullSecretNames.GetValueOrDefault(namespaceName, PullSecretName);

    /// <summary>The repository of a model of this registry; null for anything else.</summary>
    public string? RepositoryOf(string? model) =>
        ModelReference.TryParse(model, out var reference) && (reference.Registry is not { } host || IsRegistry(host))
            ? reference.Repository
            : null;

    /// <summary>Whether a host in a ModelJob means this registry.</summary>
    public bool IsRegistry(string host) =>
        host == Registry || RegistryAliases.Contains(host, StringComparer.OrdinalIgnoreCase);
}
