using Klever.Kubernetes.Serving.Requests;
using Klever.Kubernetes.Serving.Servers;
using Klever.Models;

namespace Klever.Kubernetes.Serving;

/// <summary>Which server runs a model.</summary>
internal static class ServerChoice
{
    /// <summary>The prepackaged servers of Seldon that are composed here, with the format that each implies.</summary>
    private static readonly Dictionary<string, ModelFormat?> Implementations = new(StringComparer.Ordinal)
    {
        ["SKLEARN_SERVER"] = ModelFormat.SKLearn,
        ["XGBOOST_SERVER"] = ModelFormat.XGBoost,
        ["MLFLOW_SERVER"] = ModelFormat.MLflow,
        ["TENSORFLOW_SERVER"] = ModelFormat.SavedModel,
        ["TRITON_SERVER"] = null,
    };

    /// <summary>What to convert to, by Klever's conversions where it has them.</summary>
    private static readonly Dictionary<ModelFormat, string> Hints = new()
    {
        [ModelFormat.SavedModel] = "convert it to ONNX, or configure TF_SERVING_IMAGE",
        [ModelFormat.GraphDef] = "convert it to ONNX, or configure TRITON_TENSORFLOW_IMAGE",
        [ModelFormat.NetDef] = "convert NetDef to ONNX",
        [ModelFormat.CaffeModel] = "convert CaffeModel to NetDef, and that to ONNX",
        [ModelFormat.MXNetParams] = "convert MXNetParams to ONNX",
        [ModelFormat.H5] = "convert H5 to SavedModel",
    };

    public static bool IsKnown(string implementation) => Implementations.ContainsKey(implementation);

    /// <param name="format">What <see cref="FormatOf"/> says.</param>
    public static ServerProfile For(
        PredictorRequest request, ModelFormat format, ServedModel model, bool hasGpu, ServingOptions options)
    {
        var server = options.Servers.FirstOrDefault(s => s.Image.Length > 0 && Names(s.Formats, format));
        if (server is null)
        {
            throw new ServingException(
                ServingProblems.FormatNotServable,
                request.Path + ".graph.modelUri",
                $"no server is configured that runs {format}; "
                + $"{Hints.GetValueOrDefault(format, "give an image of your own")}.");
        }

        if (Names(server.SignatureFormats, format) && !HasSignature(request, model.Description))
        {
            throw new ServingException(
                ServingProblems.SignatureRequired,
                request.Path + ".graph.modelUri",
                $"{server.Name} must be told inputs and outputs of {format}; declare them in ormbfile.yaml, "
                + "or give INPUTS and OUTPUTS in env.");
        }

        return !Names(server.GpuFormats, format) || hasGpu
            ? server
            : throw new ServingException(
                ServingProblems.GpuRequired,
                request.Path + ".componentSpecs[0].spec.containers[0].resources.limits",
                $"{format} only runs on a GPU; ask for one, such as nvidia.com/gpu: 1.");
    }

    /// <summary>The artifact's format; the request's only where the artifact says none.</summary>
    public static ModelFormat FormatOf(PredictorRequest request, OrmbFile description)
    {
        var asserted = Asserted(request);
        if (description.Format is not { } declared)
        {
            return asserted ?? throw new ServingException(
                ServingProblems.FormatUnknown,
                request.Path + ".graph.parameters",
                "the artifact does not say its format; give the parameter format.");
        }

        return asserted is null || asserted == declared
            ? declared
            : throw new ServingException(
                ServingProblems.FormatMismatch,
                request.Path + ".graph.parameters",
                $"the request says {asserted}, but the artifact is {declared}.");
    }

    private static ModelFormat? Asserted(PredictorRequest request)
    {
        if (request.Format is null)
        {
            return request.Implementation is { } implementation ? Implementations[implementation] : null;
        }

        return ModelFormat.TryParse(request.Format, out var format)
            ? format
            : throw new ServingException(
                ServingProblems.FormatUnknown,
                request.Path + ".graph.parameters",
                $"\"{Excerpt.Of(request.Format)}\" is not one of {string.Join(", ", ModelFormat.All.Select(f => f.Name))}.");
    }

    private static bool HasSignature(PredictorRequest request, OrmbFile description)
    {
        var names = request.Container["env"].AsList().Select(v => v["name"].AsText()).ToList();
        return description.Signature is { Inputs.Count: > 0, Outputs.Count: > 0 }
            || (names.Contains("INPUTS") && names.Contains("OUTPUTS"));
    }

    private static bool Names(IReadOnlyList<string> names, ModelFormat format) =>
        names.Contains(format.Name, StringComparer.OrdinalIgnoreCase);
}
