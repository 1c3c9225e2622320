namespace Klever.Kubernetes.Serving;

/// <summary>Annotations that composing reads and writes.</summary>
public static class ServingAnnotations
{
    /// <summary>Seldon: no orchestrator beside the model.</summary>
    public const string NoEngine = "seldon.io/no-engine";

    /// <summary>On a predictor: the image that composing chose, by which an image of the caller's own is told from
    /// it.</summary>
    public const string ServerImage = "kleveross.io/server-image";

    /// <summary>On a predictor: the name of the server's profile.</summary>
    public const string Server = "kleveross.io/server";

    /// <summary>On a predictor and on its pods: the model that is served, with its digest.</summary>
    public const string Model = "kleveross.io/model";

    /// <summary>On the serving: the spec that was asked for, as JSON.</summary>
    public const string Intent = "kleveross.io/intent";

    /// <summary>On a predictor, <c>true</c>: the caller's own init containers fetch the model.</summary>
    public const string SkipInitializer = "kleveross.io/skip-model-initializer";
}
