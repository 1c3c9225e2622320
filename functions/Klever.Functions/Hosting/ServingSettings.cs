using Klever.Kubernetes.Serving;

namespace Klever.Functions.Hosting;

/// <summary>Reads what servings look like: the variables of Klever Model Registry, with images that can be had today as defaults.</summary>
internal static class ServingSettings
{
    private static readonly Dictionary<string, string> DefaultImages = new()
    {
        ["TRT_SERVING_IMAGE"] = "nvcr.io/nvidia/tritonserver:26.07-py3",
        ["TF_SERVING_IMAGE"] = "docker.io/tensorflow/serving:2.19.1",
        ["MLSERVER_IMAGE"] = "docker.io/seldonio/mlserver:1.7.1",
        ["MODEL_INITIALIZER_IMAGE"] = "ghcr.io/kleveross/klever:0.1.0",
    };

    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static ServingOptions Read(IConfiguration configuration, RegistrySettings registry)
    {
        var options = ServingOptions.FromEnvironment(
            registry.Host, name => configuration[name] ?? DefaultImages.GetValueOrDefault(name)) with
        {
            PlainHttp = registry.IsPlainHttp,
            PullSecretName = configuration["Klever:Servings:PullSecret"] ?? "ormb",
        };
        return options.Problems().FirstOrDefault() is { } problem
            ? throw new InvalidOperationException($"Servings: {problem}")
            : options;
    }
}
