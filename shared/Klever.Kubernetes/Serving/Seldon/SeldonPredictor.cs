using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Seldon;

/// <summary>One entry of <c>spec.predictors</c>.</summary>
internal static class SeldonPredictor
{
    public static JsonObject Render(string servingName, PredictorPlan plan, ServingOptions options)
    {
        var predictor = (JsonObject)plan.Request.Source.DeepClone();
        predictor["name"] = plan.Name;
        predictor.Remove("trafficMatchs");
        if (plan.Traffic is not null)
        {
            predictor["traffic"] = plan.Traffic;
        }

        var graph = predictor.Child("graph");
        CompleteParameters(graph);
        var annotations = predictor.Child("annotations");
        annotations[ServingAnnotations.NoEngine] = "true";
        if (plan.Request.Implementation is not null)
        {
            graph["modelUri"] = plan.Request.Model.ToString();
        }

        if (!plan.IsLeftToSeldon)
        {
            graph.Remove("implementation");
            graph.Remove("envSecretRefName");
            Mark(annotations, plan);
            RenderPod(servingName, predictor, plan, options);
        }

        return predictor;
    }

    private static void RenderPod(string servingName, JsonObject predictor, PredictorPlan plan, ServingOptions options)
    {
        var components = predictor.List("componentSpecs");
        if (components.Count == 0)
        {
            components.Append(new JsonObject());
        }

        var component = (JsonObject)components[0]!;
        var metadata = component.Child("metadata");
        metadata["name"] = plan.Name;
        metadata.Child("annotations")[ServingAnnotations.Model] = plan.Model.ToString();
        SeldonPod.Render(servingName, component.Child("spec"), plan, options);
    }

    private static void Mark(JsonObject annotations, PredictorPlan plan)
    {
        annotations[ServingAnnotations.Model] = plan.Model.ToString();
        annotations.Remove(ServingAnnotations.ServerImage);
        annotations.Remove(ServingAnnotations.Server);
        if (plan.Server is not null)
        {
            annotations[ServingAnnotations.ServerImage] = plan.Server.Image;
            annotations[ServingAnnotations.Server] = plan.Server.Name;
        }
    }

    // The CRD requires the type; clients in Go always send one, others leave it out.
    private static void CompleteParameters(JsonObject graph)
    {
        foreach (var parameter in (graph["parameters"] as JsonArray ?? []).OfType<JsonObject>())
        {
            parameter.SetIfAbsent("type", "STRING");
        }
    }
}
