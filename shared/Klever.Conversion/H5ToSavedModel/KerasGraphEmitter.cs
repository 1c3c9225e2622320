using Klever.Conversion.H5ToSavedModel.Layers;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Writes the calls of a model as operations, nested models in scopes of their own.</summary>
internal sealed class KerasGraphEmitter(ModelFile file, KerasH5 keras, KerasVersion version, KerasWeightMap weights)
{
    private static readonly HashSet<string> TakesIntegers = ["Embedding", "Rescaling", "Identity"];

    private readonly Dictionary<KerasLayer, KerasLayerWeights> _weights = new(ReferenceEqualityComparer.Instance);
    private readonly KerasInference _inference = new(file, keras.Parser);

    public KerasVersion Version => version;

    public KerasModelParser Parser => keras.Parser;

    public TfGraph Graph { get; } = new();

    /// <summary>Functions of loops.</summary>
    public List<TfFunction> Functions { get; } = [];

    public IReadOnlyList<GraphValue> EmitModel(KerasModel model, IReadOnlyList<GraphValue> inputs, string scope)
    {
        if (!model.IsSequential)
        {
            return new KerasGraphOrder(model).Run(
                inputs, (layer, values, node) => EmitCall(layer, values, node, scope));
        }

        return model.Layers.Where(layer => !layer.IsInput)
            .Aggregate(inputs, (values, layer) => EmitCall(layer, values, node: null, scope));
    }

    /// <summary>Writes a layer inside of another one, such as the activation that is a layer.</summary>
    public IReadOnlyList<GraphValue> EmitLayer(
        KerasLayer layer, IReadOnlyList<GraphValue> inputs, KerasLayerWeights layerWeights, KerasNode? node,
        string path)
    {
        if (inputs.Count == 0)
        {
            throw H5Errors.Error(
                ConversionProblem.UnsupportedOperation, "it is called without a tensor", layer.Name, layer.ClassName);
        }

        if (node is not null && KerasCallArguments.Problem(node) is { } problem)
        {
            throw H5Errors.Error(ConversionProblem.UnsupportedAttribute, problem, layer.Name, layer.ClassName);
        }

        if (!TakesIntegers.Contains(layer.ClassName) && inputs.FirstOrDefault(
            input => input.Value.DType != "float32") is { } other)
        {
            throw H5Errors.Error(
                ConversionProblem.UnsupportedAttribute,
                $"it is given {other.Value.DType}; float32 is converted",
                layer.Name,
                layer.ClassName);
        }

        var emission = new KerasEmission(this, layer, new TfOps(Graph, path), inputs, layerWeights, node);
        var tensors = KerasEmitters.Find(layer.ClassName)!(emission);
        var type = inputs[0].Value.DType;
        return [.. tensors.Select((tensor, i) => new GraphValue(
            tensor, new KerasValue(
                i < emission.OutputSizes.Count
                    ? emission.OutputSizes[i]
                    : null, tensor == inputs[0].Tensor ? type : "float32")))];
    }

    public IReadOnlyList<IReadOnlyList<long>?> OutputSizes(KerasEmission emission) => KerasShapes.Infer(
        new KerasCall(_inference, emission.Layer, [.. emission.Inputs.Select(input => input.Value)], emission.Node));

    private IReadOnlyList<GraphValue> EmitCall(
        KerasLayer layer, IReadOnlyList<GraphValue> inputs, KerasNode? node, string scope)
    {
        var path = scope.Length == 0 ? layer.Name : $"{scope}/{layer.Name}";
        return layer.Nested is { } nested
            ? EmitModel(nested, inputs, path)
            : EmitLayer(layer, inputs, WeightsOf(layer, path), node, path);
    }

    private KerasLayerWeights WeightsOf(KerasLayer layer, string path)
    {
        if (!_weights.TryGetValue(layer, out var found))
        {
            found = new KerasLayerWeights(Graph, path, weights.Of(layer));
            _weights.Add(layer, found);
        }

        return found;
    }
}
