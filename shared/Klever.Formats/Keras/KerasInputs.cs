namespace Klever.Formats.Keras;

/// <summary>An input of a model.</summary>
internal sealed record KerasInput(string Name, KerasValue Value);

/// <summary>The inputs of a model, in order.</summary>
internal static class KerasInputs
{
    public static IReadOnlyList<KerasInput> Of(KerasModel model) =>
        model.IsSequential ? OfSequential(model) : OfFunctional(model);

    private static List<KerasInput> OfFunctional(KerasModel model)
    {
        var known = model.Layers.SelectMany(layer => layer.Nodes).SelectMany(node => node.Inputs)
            .Where(tensor => tensor.Known.Size is not null)
            .ToLookup(tensor => tensor.Layer);
        var layers = model.Layers.ToLookup(layer => layer.Name);
        return [.. model.Inputs.Select(input =>
        {
            var layer = layers[input.Layer].FirstOrDefault();
            var value = layer is null ? default : DeclaredBy(layer);
            return new KerasInput(
                input.Layer, value with { Size = value.Size ?? known[input.Layer].FirstOrDefault()?.Known.Size });
        })];
    }

    // A Sequential model without an input layer is named after its first layer; of Keras 1 it may begin with branches.
    private static List<KerasInput> OfSequential(KerasModel model)
    {
        if (model.Layers.Count == 0)
        {
            return [];
        }

        var first = model.Layers[0];
        if (first.IsInput)
        {
            var declared = DeclaredBy(first);
            return [new KerasInput(first.Name, declared with { Size = declared.Size ?? model.BuildInputShape })];
        }

        if (first.Branches.Count > 0)
        {
            return [.. first.Branches.SelectMany(Of)];
        }

        var value = Innermost(first);
        return [new KerasInput($"{first.Name}_input", value with { Size = value.Size ?? model.BuildInputShape })];
    }

    // The first layer may be a model, whose own first layer says the size.
    private static KerasValue Innermost(KerasLayer layer)
    {
        if (layer.Nested is null)
        {
            return DeclaredBy(layer);
        }

        return Of(layer.Nested) is [var first, ..] ? first.Value : default;
    }

    private static KerasValue DeclaredBy(KerasLayer layer)
    {
        var config = layer.Config;
        var size = KerasConfig.Size(config.Find("batch_shape", "batch_input_shape"));
        if (size is null && KerasConfig.Size(config.Find("input_shape", "shape")) is { } withoutBatch)
        {
            size = [-1, .. withoutBatch];
        }

        return new KerasValue(size ?? OldSize(layer), KerasDType.OfInput(config));
    }

    // Keras 1: input_dim alone, or with input_length for a sequence; an Embedding's input_dim is its vocabulary.
    private static IReadOnlyList<long>? OldSize(KerasLayer layer)
    {
        var (dimension, length) = (layer.Config.Integer("input_dim"), layer.Config.Integer("input_length"));
        if (layer.ClassName == "Embedding")
        {
            return [-1, length ?? -1];
        }

        return dimension is null
            ? null
            : IsSequenceLayer(layer) ? [-1, length ?? -1, dimension.Value] : [-1, dimension.Value];
    }

    private static bool IsSequenceLayer(KerasLayer layer) => layer.Config.Has("input_length")
        || layer.ClassName is "LSTM" or "GRU" or "SimpleRNN" or "Conv1D" or "Convolution1D" or "TimeDistributedDense";
}
