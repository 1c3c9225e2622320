using Klever.Eventing.Sinks;
using Klever.Functions.Access;
using Klever.Functions.Telemetry;
using Klever.Kubernetes.Jobs;

namespace Klever.Functions.Hosting;

/// <summary>The one place that reads configuration and environment. Names of Klever Model Registry keep their meaning.</summary>
internal static class OptionsReader
{
    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message names it and the way out.</exception>
    public static KleverOptions Read(IConfiguration configuration) => Read(configuration, ReadRegistry(configuration));

    private static KleverOptions Read(IConfiguration configuration, RegistrySettings registry) =>
        Read(configuration, registry, JobSettings.Read(configuration, registry));

    private static KleverOptions Read(IConfiguration configuration, RegistrySettings registry, JobOptions jobs) => new()
    {
        Functions = Words(configuration["KLEVER_FUNCTIONS"], ','),
        Face = Choice(configuration, "KLEVER_FACE", Face.Both),
        Access = Choice(configuration, "Klever:Access", AccessMode.Harbor),
        Namespaces = ReadNamespaces(configuration),
        Registry = registry,
        AgentAddress = Address(configuration, "Klever:HarborAgent:Address"),
        Jobs = jobs,
        Servings = ServingSettings.Read(configuration, registry, jobs),
        Webhook = ReadWebhook(configuration),
        Uploads = UploadSettings.Read(configuration),
        State = new StateSettings
        {
            DaprStore = configuration["Klever:State:DaprStore"],
            Path = configuration["Klever:State:Path"] ?? new StateSettings().Path,
            KeyPrefix = configuration["Klever:State:KeyPrefix"] ?? "",
            DaprGrpcEndpoint = Address(configuration, "DAPR_GRPC_ENDPOINT"),
            DaprHttpEndpoint = Address(configuration, "DAPR_HTTP_ENDPOINT"),
        },
        Drain = configuration.GetDuration("Klever:Shutdown:Drain", TimeSpan.FromSeconds(1)),
        Sweep = new SweepSettings
        {
            Rate = configuration.GetNumber("Klever:Sweep:Rate", new SweepSettings().Rate, 1, 10_000),
            Budget = configuration.GetDuration("Klever:Sweep:Budget", new SweepSettings().Budget),
        },
        Telemetry = new TelemetrySettings
        {
            ServiceName = configuration["OTEL_SERVICE_NAME"] ?? configuration["K_SERVICE"] ?? new TelemetrySettings().ServiceName,
            Otlp = configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 },
            MetricsPort = configuration["Klever:Metrics:Port"] is { Length: > 0 } ? configuration.GetNumber("Klever:Metrics:Port", 0, 1, 65535) : null,
            Logs = Choice(configuration, "Klever:Logs", configuration["K_SERVICE"] is null ? LogFormat.Text : LogFormat.Json),
        },
        Sink = SinkOptions.FromEnvironment(name => configuration[name]),
        KubernetesApi = Address(configuration, "KUBERNETES_API"),
        Kubeconfig = configuration["KUBECONFIG"] is { Length: > 0 } path ? path : null,
    };

    private static NamespaceMap ReadNamespaces(IConfiguration configuration)
    {
        try
        {
            return NamespaceMap.Parse(configuration["Klever:Namespace"] ?? "default", Words(configuration["Klever:Namespaces"], ','));
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException($"Klever:Namespace, Klever:Namespaces: {exception.Message}", exception);
        }
    }

    private static RegistrySettings ReadRegistry(IConfiguration configuration)
    {
        const string Setting = "Klever:Registry:Address";
        var address = configuration[Setting] ?? configuration["SERVER_ORMB_DOMAIN"]
            ?? throw new InvalidOperationException(
                $"{Setting} (or SERVER_ORMB_DOMAIN) is not set: the address of Harbor, such as https://harbor.example.com.");
        return new RegistrySettings
        {
            Address = ParseAddress(address.Contains("://") ? address : $"https://{address}", Setting),
            Username = configuration["Klever:Registry:Username"] ?? configuration["SERVER_ORMB_USERNAME"],
            Password = configuration["Klever:Registry:Password"] ?? configuration["SERVER_ORMB_PASSWORD"],
            Insecure = configuration["Klever:Registry:Insecure"] is "true" or "True" or "1",
            Kind = Choice(configuration, "Klever:Registry:Kind", RegistryKind.Auto),
        };
    }

    private static WebhookSettings ReadWebhook(IConfiguration configuration)
    {
        const string Setting = "Klever:Webhook:Authorization";
        var section = configuration.GetSection(Setting);
        var values = section.Value is { Length: > 0 } lines
            ? Words(lines, '\n')
            : section.GetChildren().Select(child => child.Value).OfType<string>().Where(value => value.Length > 0).ToList();
        return values.Count <= WebhookSettings.MaximumValues
            ? new WebhookSettings { Authorization = values, Address = Address(configuration, "Klever:Webhook:Address") }
            : throw new InvalidOperationException(
                $"{Setting} has {values.Count} values; at most {WebhookSettings.MaximumValues} are accepted, the present and the next.");
    }

    private static Uri? Address(IConfiguration configuration, string setting) =>
        configuration[setting] is { Length: > 0 } text ? ParseAddress(text, setting) : null;

    private static Uri ParseAddress(string text, string setting) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? uri
            : throw new InvalidOperationException($"{setting} is not an http or https address without a user: \"{text}\".");

    private static T Choice<T>(IConfiguration configuration, string setting, T fallback)
        where T : struct, Enum =>
        configuration[setting] switch
        {
            null or "" => fallback,
            var text when Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) => value,
            var text => throw new InvalidOperationException(
                $"{setting} is \"{text}\"; expected one of {string.Join(", ", Enum.GetNames<T>())}."),
        };

    private static List<string> Words(string? text, char separator) =>
        [.. (text ?? "").Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
