using System.Globalization;
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
            PushSecretName = settings["PushSecret"],
            SchedulerName = settings["SchedulerName"] ?? configuration["SCHEDULER_NAME"] ?? "default-scheduler",
        };
        options = options with
        {
            Cpu = settings["Cpu"] ?? options.Cpu,
            Memory = settings["Memory"] ?? options.Memory,
            Scratch = settings["Scratch"] ?? options.Scratch,
            Deadline = Duration(settings, "Deadline", options.Deadline),
            TimeToLive = Duration(settings, "TimeToLive", options.TimeToLive),
        };
        return options.Problems().FirstOrDefault() is { } problem
            ? throw new InvalidOperationException($"Klever:Jobs: {problem}")
            : options;
    }

    private static TimeSpan Duration(IConfigurationSection settings, string name, TimeSpan fallback) =>
        settings[name] is not { Length: > 0 } text ? fallback
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) ? duration
        : throw new InvalidOperationException($"{settings.Path}:{name} is \"{text}\"; expected a duration such as 00:30:00.");
}
