using Klever.Conversion.H5ToSavedModel.Layers;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats;
using Klever.Formats.Keras;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Writes the calls of a model as operations, nested models in scopes of their own.</summary>
internal sealed class KerasGraphEmitter(ModelFile file, KerasH5 keras, KerasVersion version, KerasWeightMap weights)
{
    private readonly Dictionary<KerasLayer, KerasLayerWeights> _weights = new(ReferenceEqualityComparer.Instance);
    private readonly KerasInference _inference = new(file, keras.Parser);
    private int _calls;

    public KerasVersion Version => version;

    public TfGraph Graph { get; } = new(file.Limits.MaximumNodes);

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

    /// <summary>Writes a layer; also one inside of another, such as the activation that is a layer.</summary>
    public IReadOnlyList<GraphValue> EmitLayer(
        KerasLayer layer, IReadOnlyList<GraphValue> inputs, KerasLayerWeights layerWeights, KerasNode? node,
        string path)
    {
        if (inputs.Count == 0)
        {
            throw H5Errors.Error(
                ConversionProblem.UnsupportedOperation, "it is called without a tensor", layer.Name, layer.ClassName);
        }

        if (KerasOperation.Is(layer))
        {
            return Emit(new KerasEmission(this, layer, new TfOps(Graph, path), inputs, layerWeights, node));
        }

        if (node is not null && KerasCallArguments.Problem(layer, node) is { } problem)
        {
            throw H5Errors.Error(ConversionProblem.UnsupportedAttribute, problem, layer.Name, layer.ClassName);
        }

        var ops = new TfOps(Graph, path, KerasTypes.WorkingType(layer.ClassName, inputs));
        var given = inputs.Select(input => input with { Tensor = ops.CastTo(input.Tensor, input.Type), Type = ops.Type }).ToList();
        return ChannelsFirst.Applies(layer, given)
            ? ChannelsFirst.Emit(layer, ops, given, (inner, values) => Emit(new(this, inner, ops, values, layerWeights, node)))
            : Emit(new KerasEmission(this, layer, ops, given, layerWeights, node));
    }

    public IReadOnlyList<IReadOnlyList<long>?> OutputSizes(KerasEmission emission) => KerasShapes.Infer(
        new KerasCall(_inference, emission.Layer, [.. emission.Inputs.Select(ToKeras)], emission.Node));

    /// <summary>A layer inside of another one, always the same object.</summary>
    public KerasLayer? Inner(KerasLayer wrapper, string key) => weights.Inner(wrapper, key);

    /// <summary>Writes what a wrapper applies: a layer with these weights, or a model.</summary>
    public IReadOnlyList<GraphValue> EmitInner(
        KerasLayer inner, IReadOnlyList<GraphValue> inputs, KerasLayerWeights innerWeights, string path) =>
        inner.Nested is { } nested
            ? EmitModel(nested, inputs, $"{path}/{inner.Name}")
            : EmitLayer(inner, inputs, innerWeights, node: null, path);

    private static KerasValue ToKeras(GraphValue value) => new(value.Size, KerasTypes.Name(value.Type));

    private static List<GraphValue> Emit(KerasEmission emission)
    {
        emission.RequireSizes();
        var tensors = KerasEmitters.Find(emission.Layer)!(emission);
        var masks = KerasMasks.Of(emission);
        var type = emission.Layer.ClassName == "Embedding" ? TfType.Float : emission.OutputType ?? emission.Ops.Type;
        return [.. tensors.Select((tensor, i) => new GraphValue(
            tensor, i < emission.OutputSizes.Count ? emission.OutputSizes[i] : null, type, i < masks.Count ? masks[i] : null))];
    }

    private IReadOnlyList<GraphValue> EmitCall(
        KerasLayer layer, IReadOnlyList<GraphValue> inputs, KerasNode? node, string scope)
    {
        if (++_calls > KerasInference.MaximumCalls)
        {
            throw file.LimitExceeded($"nested models lead to more than {KerasInference.MaximumCalls} calls of layers");
        }

        var path = scope.Length == 0 ? layer.Name : $"{scope}/{layer.Name}";
        inputs = KerasOperation.Is(layer) ? inputs : KerasGivenMasks.Attach(Graph, path, node, inputs);
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
