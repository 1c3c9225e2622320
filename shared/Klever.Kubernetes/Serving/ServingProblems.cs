namespace Klever.Kubernetes.Serving;

/// <summary>The codes of <see cref="ServingException"/>.</summary>
public static class ServingProblems
{
    /// <summary>A field is missing, of the wrong kind, or out of its range.</summary>
    public const string FieldInvalid = "FieldInvalid";

    /// <summary>The name in the body is not the one in the path.</summary>
    public const string NameMismatch = "NameMismatch";

    /// <summary>Neither the artifact nor the request says which format the model has.</summary>
    public const string FormatUnknown = "FormatUnknown";

    /// <summary>The request says another format than the artifact.</summary>
    public const string FormatMismatch = "FormatMismatch";

    /// <summary>No configured server runs the format; the message names the conversion that helps.</summary>
    public const string FormatNotServable = "FormatNotServable";

    /// <summary>The server needs inputs and outputs, and the artifact has none.</summary>
    public const string SignatureRequired = "SignatureRequired";

    /// <summary>The server only runs on a GPU, and the request asks for none.</summary>
    public const string GpuRequired = "GpuRequired";

    /// <summary>A container with an image of its own names no port.</summary>
    public const string PortRequired = "PortRequired";

    /// <summary>A mount names a volume that is not there.</summary>
    public const string VolumeNotFound = "VolumeNotFound";

    /// <summary>Requests are routed by header, but where the others go is not said.</summary>
    public const string DefaultPredictorRequired = "DefaultPredictorRequired";

    /// <summary>The shares do not make up 100, or a predictor cannot have one.</summary>
    public const string TrafficInvalid = "TrafficInvalid";
}
