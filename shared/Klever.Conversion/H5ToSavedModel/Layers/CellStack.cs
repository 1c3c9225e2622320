using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>The cells of an RNN, each of which goes over what the one before it gives: as layers one after the other would.</summary>
internal sealed record CellStack(KerasEmission Owner, IReadOnlyList<(string Name, KerasConfig Config)> Cells, KerasLayerWeights Weights)
{
    public static CellStack Of(KerasEmission owner, KerasLayer layer, KerasLayerWeights weights) =>
        new(owner, KerasCells.Of(layer.Config), weights);

    public (string Output, IReadOnlyList<string> Last) Emit(
        bool isBackwards, bool returnsSequences, IReadOnlyList<string> states, bool zeroesMasked)
    {
        if (Cells.Count == 0)
        {
            throw Owner.Refuse("it has no cell");
        }

        var input = Owner.Inputs[0];
        var last = new List<string>();
        var used = 0;
        for (var i = 0; i < Cells.Count; i++)
        {
            var (name, config) = Cells[i];
            var isLast = i == Cells.Count - 1;
            var count = KerasCells.WeightsOf(config);
            var own = Cells.Count == 1 ? Weights : Weights.Part(used, count, $"cell_{i}");
            var given = states.Skip(last.Count).Take(KerasCells.StatesOf(name)).ToList();
            var settings = new RecurrentSettings(
                Owner, input, name, config, own, isBackwards && i == 0, !isLast || returnsSequences, given, zeroesMasked);
            var (output, after) = RecurrentLayers.Emit(settings);
            input = new GraphValue(output, [.. settings.Size.Take(2), settings.Units], Mask: i == 0 && isBackwards ? Turned(input.Mask) : input.Mask);
            last.AddRange(after);
            used += count;
        }

        return (input.Tensor, last);
    }

    // What the first cell gives of a sequence that it goes over backwards begins with its end.
    private GraphMask? Turned(GraphMask? mask) => mask is null
        ? null
        : mask with
        {
            Tensor = Owner.Ops.Of(TfType.Boolean).Reverse(mask.Tensor, 1),
        };
}
