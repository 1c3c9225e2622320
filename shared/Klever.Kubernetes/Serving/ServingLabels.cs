namespace Klever.Kubernetes.Serving;

/// <summary>Labels that Seldon gives what it makes of a serving.</summary>
public static class ServingLabels
{
    /// <summary>The name of the SeldonDeployment.</summary>
    public const string Serving = "seldon-deployment-id";

    /// <summary><c>&lt;serving&gt;-&lt;predictor&gt;</c>: on the pods of a predictor.</summary>
    public const string Predictor = "seldon-app";
}
