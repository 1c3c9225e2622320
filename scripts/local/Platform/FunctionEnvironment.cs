using Klever.Local.Broker.Definitions;

namespace Klever.Local.Platform;

/// <summary>The environment of a functions process: the settings that a cluster would give it, with addresses of this machine.</summary>
internal static class FunctionEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(
        FunctionProcess function, LocalPlatform platform, PlatformOptions options, string directory, int port)
    {
        var environment = new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(),
            ["KLEVER_FUNCTIONS"] = function.Functions,
            ["KLEVER_FACE"] = function.Face,
            ["OTEL_SERVICE_NAME"] = function.Name,
            ["Klever__Access"] = "Open",
            ["Klever__Namespace"] = options.Home,
            ["Klever__Shutdown__Drain"] = "00:00:00.2",
            ["Klever__Registry__Address"] = platform.Registry.ToString(),
            ["Klever__Servings__Address"] = platform.Gateway.ToString(),
            ["Klever__State__Path"] = Path.Combine(directory, "state.db"),
            ["Klever__Webhook__Authorization"] = platform.WebhookSecret,
        };
        if (ServiceAccount.WriteKubeconfig(function, options.Home, platform.Cluster, directory) is { } kubeconfig)
        {
            environment["KUBECONFIG"] = kubeconfig;
        }
        else
        {
            environment["KUBERNETES_API"] = platform.Cluster.ToString();
        }

        if (function.Services.Any(SinkBindings.Subjects(options.Base).Contains))
        {
            environment["K_SINK"] = platform.Broker.ToString();
        }

        foreach (var (name, value) in options.Settings)
        {
            environment[name] = value;
        }

        return environment;
    }
}
