namespace Klever.Models;

/// <summary>Tells the format of a model from its files, for a directory or archive without <c>ormbfile.yaml</c>.</summary>
public static class FormatInference
{
    // Most specific first: an MLflow model, for example, may well hold an .onnx or .h5 file deeper down.
    private static readonly ModelFormat[] Order =
    [
        ModelFormat.MLflow, ModelFormat.SavedModel, ModelFormat.NetDef, ModelFormat.CaffeModel, ModelFormat.MXNetParams,
        ModelFormat.Onnx, ModelFormat.H5, ModelFormat.Pmml, ModelFormat.TorchScript, ModelFormat.GraphDef,
        ModelFormat.TensorRT, ModelFormat.SKLearn, ModelFormat.XGBoost, ModelFormat.Pickle,
    ];

    /// <summary>The one format that these files make up, or null when none fits.</summary>
    /// <param name="paths">Paths relative to <c>model/</c>, with forward slashes.</param>
    public static ModelFormat? Infer(IReadOnlyCollection<string> paths) =>
        Array.Find(Order, format => format.Requires.All(rule => paths.Any(rule.Matches)));
}
