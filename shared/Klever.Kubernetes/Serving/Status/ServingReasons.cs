namespace Klever.Kubernetes.Serving.Status;

/// <summary>What <see cref="ServingState.Reason"/> says. Whatever else it says is the cluster's own word, such as
/// <c>FailedCreate</c>.</summary>
public static class ServingReasons
{
    /// <summary>Every predictor answers.</summary>
    public const string Available = "Available";

    /// <summary>Seldon has not made pods yet.</summary>
    public const string Creating = "Creating";

    /// <summary>The init container fetches the model.</summary>
    public const string FetchingModel = "FetchingModel";

    /// <summary>The server runs and has not loaded the model yet.</summary>
    public const string LoadingModel = "LoadingModel";

    /// <summary>The registry has no such model: it was deleted, or cleaned up after its tag moved.</summary>
    public const string ModelMissing = "ModelMissing";

    /// <summary>The registry refused the credential of the pull Secret.</summary>
    public const string CredentialRefused = "CredentialRefused";

    /// <summary>What the registry gave is not what the digest says, or cannot be unpacked.</summary>
    public const string ModelCorrupt = "ModelCorrupt";

    /// <summary>The registry did not answer, or not to the end.</summary>
    public const string ModelNotPulled = "ModelNotPulled";

    /// <summary>The files are not those that the format asks for, or the server cannot run them.</summary>
    public const string ModelUnfit = "ModelUnfit";

    /// <summary>The init container failed otherwise.</summary>
    public const string InitializerFailed = "InitializerFailed";

    /// <summary>No node has room.</summary>
    public const string Unschedulable = "Unschedulable";

    /// <summary>An image cannot be pulled.</summary>
    public const string ImagePullFailed = "ImagePullFailed";

    /// <summary>A container cannot be started as it is described.</summary>
    public const string ContainerConfigError = "ContainerConfigError";

    /// <summary>A container needed more memory than its limit.</summary>
    public const string OutOfMemory = "OutOfMemory";

    /// <summary>The server ends again and again.</summary>
    public const string ServerCrashed = "ServerCrashed";

    /// <summary>The pod was evicted from its node.</summary>
    public const string Evicted = "Evicted";

    /// <summary>Seldon gave up, and nothing says why.</summary>
    public const string Failed = "Failed";
}
