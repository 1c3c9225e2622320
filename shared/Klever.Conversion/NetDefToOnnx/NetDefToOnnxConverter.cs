using Klever.Conversion.Onnx;
using Klever.Models;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Caffe2's <c>predict_net.pb</c> and <c>init_net.pb</c> to <c>model.onnx</c> (operator sets 11 to 17, 12
/// unless told).</summary>
public sealed class NetDefToOnnxConverter : IModelConverter
{
    public ModelFormat From => ModelFormat.NetDef;

    public ModelFormat To => ModelFormat.Onnx;

    public void Convert(ConversionRequest request)
    {
        var issues = new ConversionIssues(From, To);
        var opset = request.Opset ?? OnnxOperations.DefaultOpset;
        if (opset is < OnnxOperations.LowestOpset or > OnnxOperations.HighestOpset)
        {
            throw issues.Error(new ConversionIssue(
                ConversionProblem.UnsupportedVersion,
                $"operator set {opset} is not one of {OnnxOperations.LowestOpset} to {OnnxOperations.HighestOpset}"));
        }

        request.Progress?.Report("reading the nets");
        var init = new NetFile(request, "init_net.pb");
        var predict = new NetFile(request, "predict_net.pb");
        var graph = new NetConversion(request, init, predict, new OnnxGraphBuilder("net", opset), issues).Convert();
        issues.ThrowIfAny();
        OnnxModelWriter.Write(graph, request, issues);
    }
}
