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
            ["KUBERNETES_API"] = platform.Cluster.ToString(),
            ["Klever__Access"] = "Open",
            ["Klever__Registry__Address"] = platform.Registry.ToString(),
            ["Klever__Servings__Address"] = platform.Gateway.ToString(),
            ["Klever__State__Path"] = Path.Combine(directory, "state.db"),
            ["Klever__Webhook__Authorization"] = platform.WebhookSecret,
        };
        foreach (var (name, value) in options.Settings)
        {
            environment[name] = value;
        }

        return environment;
    }
}
