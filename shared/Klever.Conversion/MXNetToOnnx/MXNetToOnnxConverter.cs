using Klever.Conversion.Onnx;
using Klever.Formats;
using Klever.Formats.MXNet;
using Klever.Models;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>MXNet checkpoints to ONNX, with the semantics of MXNet itself.</summary>
internal sealed class MXNetToOnnxConverter : IModelConverter
{
    public ModelFormat From => ModelFormat.MXNetParams;

    public ModelFormat To => ModelFormat.Onnx;

    public void Convert(ConversionRequest request)
    {
        var opset = request.Opset ?? OnnxOperations.DefaultOpset;
        if (opset is < OnnxOperations.LowestOpset or > OnnxOperations.HighestOpset)
        {
            throw Error(
                ConversionProblem.UnsupportedVersion,
                $"operator set {opset} is not one of {OnnxOperations.LowestOpset} to {OnnxOperations.HighestOpset}");
        }

        var (graph, parameters, parametersPath) = Read(request);
        var sorted = SymbolOrder.Sort(graph)
            ?? throw Error(ConversionProblem.CorruptFile, "the nodes of the symbol refer to each other in a circle");
        var (onnx, conversion) = Convert(freesBatch: true);
        if (conversion.NeedsOnlySizes)
        {
            request.Progress?.Report("sizes in this network follow from its batch, so that stays as it is declared");
            (onnx, conversion) = Convert(freesBatch: false);
        }

        if (conversion.Issues is { Count: > 0 } issues)
        {
            throw new ConversionException(From, To, issues);
        }

        OnnxModelWriter.Write(onnx, request, new ConversionIssues(From, To));

        (OnnxGraphBuilder Onnx, SymbolConversion Conversion) Convert(bool freesBatch)
        {
            var conversion = new SymbolConversion(sorted, parameters, parametersPath, request.Inputs, opset, freesBatch);
            return (conversion.Convert(), conversion);
        }
    }

    private (SymbolGraph Graph, IReadOnlyDictionary<string, ParamsEntry> Parameters, string ParametersPath) Read(
        ConversionRequest request)
    {
        var symbolPath = SourceFiles.Find(request, From, From.Requires[0]);
        var parametersPath = SourceFiles.Find(request, From, From.Requires[1]);
        var graph = SourceFiles.Read(request, From, symbolPath, SymbolReader.Read);
        var entries = SourceFiles.Read(request, From, parametersPath, ParamsReader.Read);
        if (entries.Any(entry => entry.Name.Length == 0))
        {
            throw Error(ConversionProblem.MissingWeight, "the parameters have no names, so they cannot be given to the symbol");
        }

        var parameters = new Dictionary<string, ParamsEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            parameters[entry.VariableName] = entry;
        }

        if (parameters.Count > 0 && !graph.Nodes.Any(node => parameters.ContainsKey(node.Name)))
        {
            throw Error(
                ConversionProblem.MissingWeight,
                "no parameter has the name of a variable; they were saved with save_parameters, and export() is needed");
        }

        return (graph, parameters, parametersPath);
    }

    private ConversionException Error(ConversionProblem problem, string detail) =>
        new(From, To, [new ConversionIssue(problem, detail)]);
}
