using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Routing;
using Klever.Kubernetes.Serving.Servers;

namespace Klever.Functions.Hosting;

/// <summary>Reads what servings look like: <c>Klever:Servings:…</c>, and the variables of Klever Model Registry, with images that can be
/// had today as defaults.</summary>
internal static class ServingSettings
{
    /// <summary>Bytes of a file of servers at most.</summary>
    private const int MaximumTableBytes = 1024 * 1024;

    private static readonly Dictionary<string, string> DefaultImages = new()
    {
        ["TRT_SERVING_IMAGE"] = "nvcr.io/nvidia/tritonserver:26.07-py3",
        ["TF_SERVING_IMAGE"] = "docker.io/tensorflow/serving:2.19.1",
        ["MLSERVER_IMAGE"] = "docker.io/seldonio/mlserver:1.7.1",
        ["MODEL_INITIALIZER_IMAGE"] = "ghcr.io/kleveross/klever:0.1.0",
    };

    /// <param name="jobs">For the aliases of the registry and the Secrets of namespaces, which are the same for both.</param>
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static ServingOptions Read(IConfiguration configuration, RegistrySettings registry, JobOptions jobs)
    {
        var settings = configuration.GetSection("Klever:Servings");
        var options = ServingOptions.FromEnvironment(
            registry.Host, name => configuration[name] ?? DefaultImages.GetValueOrDefault(name));
        options = options with
        {
            RegistryAliases = jobs.RegistryAliases,
            PlainHttp = registry.IsPlainHttp,
            PullSecretName = settings["PullSecret"] ?? options.PullSecretName,
            PullSecretNames = jobs.PullSecretNames,
            Servers = WithTable(Table(settings), options.Servers),
            LoadBudget = settings.GetDuration("LoadBudget", options.LoadBudget),
            GpuResources = Words(settings["GpuResources"]),
            AllowsPrivilegedPods = Flag(settings, "AllowPrivilegedPods"),
            AllowsSecrets = Flag(settings, "AllowSecrets"),
            Routing = Routing(settings, options.Routing),
            GatewayAddress = settings["Address"] is { Length: > 0 } address ? Address(settings, address) : null,
        };
        return options.Problems().FirstOrDefault() is { } problem
            ? throw new InvalidOperationException($"Klever:Servings: {problem}")
            : options;
    }

    private static RoutingOptions Routing(IConfigurationSection settings, RoutingOptions fallback) => new()
    {
        Kind = settings["Routes"] is not { Length: > 0 } kind ? fallback.Kind
            : Enum.TryParse<RouteKind>(kind, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value
            : throw Wrong(settings, "Routes", $"expected one of {string.Join(", ", Enum.GetNames<RouteKind>())}"),
        Gateway = settings["Gateway"] ?? fallback.Gateway,
        Prefix = settings["RoutePrefix"] ?? fallback.Prefix,
    };

    // What the administrator adds comes first, and so wins for a format that a known server runs too; under the name of a known
    // server it takes its place.
    private static IReadOnlyList<ServerProfile> WithTable(IReadOnlyList<ServerProfile> table, IReadOnlyList<ServerProfile> known) =>
        [.. table, .. known.Where(server => table.All(row => row.Name != server.Name))];

    private static IReadOnlyList<ServerProfile> Table(IConfigurationSection settings)
    {
        var name = settings["ServersFile"] is { Length: > 0 } ? "ServersFile" : "Servers";
        try
        {
            var json = name == "ServersFile" ? ReadFile(settings[name]!) : settings[name];
            return json is { Length: > 0 } ? ServerTable.Parse(json) : [];
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{settings.Path}:{name}: {exception.Message}", exception);
        }
    }

    private static string ReadFile(string path) => new FileInfo(path) is { Exists: true, Length: > MaximumTableBytes }
        ? throw new FormatException($"\"{path}\" has more than {MaximumTableBytes} bytes")
        : File.ReadAllText(path);

    private static Uri Address(IConfigurationSection settings, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw Wrong(settings, "Address", "expected an http or https address");

    private static bool Flag(IConfigurationSection settings, string name) => settings[name] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw Wrong(settings, name, "expected true or false"),
    };

    private static string[] Words(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static InvalidOperationException Wrong(IConfigurationSection settings, string name, string expected) =>
        new($"{settings.Path}:{name} is \"{settings[name]}\"; {expected}.");
}
