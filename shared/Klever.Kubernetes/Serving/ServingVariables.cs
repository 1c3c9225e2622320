namespace Klever.Kubernetes.Serving;

/// <summary>Names in the pod of a serving, which are those of Klever Model Registry.</summary>
internal static class ServingVariables
{
    public const string ModelStore = "MODEL_STORE";
    public const string ServingName = "SERVING_NAME";
    public const string VisibleGpus = "NVIDIA_VISIBLE_DEVICES";

    /// <summary>What NVIDIA's runtime takes for "no GPU"; an empty value would leave it to the image.</summary>
    public const string NoGpu = "void";

    public const string ModelVolume = "models-mnt";
    public const string InitializerSuffix = "-model-initializer";
}
