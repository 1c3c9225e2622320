using Klever.Kubernetes.Jobs;

namespace Klever.Functions.Hosting;

/// <summary>Reads <c>Klever:Jobs:…</c>, and the names that Klever Model Registry used for the same.</summary>
internal static class JobSettings
{
    private const string DefaultImage = "ghcr.io/kleveross/klever:0.1.0";

    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static JobOptions Read(IConfiguration configuration, RegistrySettings registry)
    {
        var settings = configuration.GetSection("Klever:Jobs");
        var options = new JobOptions
        {
            Image = settings["Image"] ?? DefaultImage,
            Registry = registry.Host,
            RegistryAliases = (settings["RegistryAliases"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            PlainHttp = registry.IsPlainHttp,
            PullSecretName = settings["PullSecret"] ?? "ormb",
            PullSecretNames = PullSecrets(settings["PullSecrets"]),
            PushSecretName = settings["PushSecret"],
            SchedulerName = settings["SchedulerName"] ?? configuration["SCHEDULER_NAME"] ?? "default-scheduler",
        };
        options = options with
        {
            Cpu = settings["Cpu"] ?? options.Cpu,
            Memory = settings["Memory"] ?? options.Memory,
            Scratch = settings["Scratch"] ?? options.Scratch,
            Deadline = settings.GetDuration("Deadline", options.Deadline),
            TimeToLive = settings.GetDuration("TimeToLive", options.TimeToLive),
        };
        return options.Problems().FirstOrDefault() is { } problem
            ? throw new InvalidOperationException($"Klever:Jobs: {problem}")
            : options;
    }

    private static Dictionary<string, string> PullSecrets(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(entry => entry.Split('=', 2))
        .GroupBy(pair => pair[0])
        .ToDictionary(
            group => group.Key,
            group => group.ToList() is [[_, { Length: > 0 } secret]]
                ? secret
                : throw new InvalidOperationException($"Klever:Jobs:PullSecrets: \"{group.Key}\" is not NAMESPACE=SECRET, once for each."));
}
