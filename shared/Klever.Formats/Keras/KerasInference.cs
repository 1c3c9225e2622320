namespace Klever.Formats.Keras;

/// <summary>Follows the calls of a model from its inputs to its outputs, for sizes and types. What cannot be known
/// stays unknown.</summary>
internal sealed class KerasInference(ModelFile file, KerasModelParser parser)
{
    /// <summary>Calls of layers, those inside of nested models once for each call of the model.</summary>
    public const int MaximumCalls = 200_000;

    private int _calls;

    public KerasModelParser Parser => parser;

    /// <summary>The outputs of a model for these inputs.</summary>
    /// <param name="isOutermost">Sizes that the file records hold for the model as it stands, not for its use inside of
    /// another.</param>
    public IReadOnlyList<KerasValue> Run(KerasModel model, IReadOnlyList<KerasValue> inputs, bool isOutermost)
    {
        if (!model.IsSequential)
        {
            return new KerasGraphWalk(this, model, isOutermost).Run(inputs);
        }

        var values = inputs;
        foreach (var layer in model.Layers)
        {
            values = layer.IsInput ? values : Call(layer, values, node: null);
        }

        return values;
    }

    public IReadOnlyList<KerasValue> Call(KerasLayer layer, IReadOnlyList<KerasValue> inputs, KerasNode? node)
    {
        if (++_calls > MaximumCalls)
        {
            throw file.LimitExceeded($"nested models lead to more than {MaximumCalls} calls of layers");
        }

        if (layer.Nested is { } nested)
        {
            return Run(nested, inputs, isOutermost: false);
        }

        var call = new KerasCall(this, layer, layer.Branches.Count == 0 ? inputs : RunBranches(layer, inputs), node);
        var type = KerasOutputTypes.Infer(call);
        return [.. KerasShapes.Infer(call).Select(size => new KerasValue(size, type))];
    }

    private List<KerasValue> RunBranches(KerasLayer layer, IReadOnlyList<KerasValue> inputs)
    {
        var outputs = new List<KerasValue>();
        var used = 0;
        foreach (var branch in layer.Branches)
        {
            var count = KerasInputs.Of(branch).Count;
            outputs.AddRange(Run(branch, [.. inputs.Skip(used).Take(count)], isOutermost: false));
            used += count;
        }

        return outputs;
    }
}
