using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Seldon;

/// <summary>A plan as SeldonDeployment (<c>machinelearning.seldon.io/v1</c>). Fields that composing has no say in stay
/// as they were
/// sent; rendering what was rendered before gives the same again.</summary>
public static class SeldonRenderer
{
    public static JsonObject Render(ServingPlan plan, ServingOptions options)
    {
        var deployment = (JsonObject)plan.Source.DeepClone();
        deployment["apiVersion"] = "machinelearning.seldon.io/v1";
        deployment["kind"] = "SeldonDeployment";
        deployment.Remove("status");
        var metadata = deployment.Child("metadata");
        metadata["name"] = plan.Name;
        metadata["namespace"] = plan.Namespace;
        var spec = deployment.Child("spec");
        spec["name"] = plan.Name;
        spec.Remove("defaultPredictor");
        spec["predictors"] = new JsonArray(
            [.. plan.Predictors.Select(p => SeldonPredictor.Render(plan.Name, p, options))]);
        return deployment;
    }
}
