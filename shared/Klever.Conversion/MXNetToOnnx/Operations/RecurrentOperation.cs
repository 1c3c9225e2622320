using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>RNN (<c>rnn-inl.h</c>): layers of cells over [time, item, features], an ONNX node for each.</summary>
internal static class RecurrentOperation
{
    private const int MaximumLayers = 256;

    public static void Convert(NodeConversion node)
    {
        foreach (var name in new[] { "projection_size", "lstm_state_clip_min", "lstm_state_clip_max" })
        {
            if (node.Attributes.Has(name))
            {
                throw NodeConversion.Refuse(name, node.Attributes.Text(name));
            }
        }

        var cell = RecurrentCell.Of(node);
        var layers = node.Attributes.Integer("num_layers", 1) is > 0 and <= MaximumLayers and var given
            ? (int)given
            : throw NodeConversion.Refuse("num_layers", node.Attributes.Text("num_layers"));
        var weights = new RecurrentWeights(node, cell, layers);
        int[] inputs = cell.HasCellState ? [2, 3] : [2];
        List<string> first = [.. inputs.Select(input => State(node, cell, layers, input))];
        var states = first.ConvertAll(_ => new List<string>());
        var sequence = node.Input(0);
        for (var layer = 0; layer < layers; layer++)
        {
            sequence = Layer(node, cell, weights, layer, sequence, first, states);
        }

        node.Emit("Identity", [sequence]);
        if (node.Attributes.Flag("state_outputs", fallback: false))
        {
            for (var i = 0; i < states.Count; i++)
            {
                node.Onnx.Add("Concat", states[i], node.Output(i + 1), OnnxAttribute.Of("axis", 0));
            }
        }
    }

    // A state that stands for all items of the batch is spread to them.
    private static string State(NodeConversion node, RecurrentCell cell, int layers, int input)
    {
        var items = node.Unsqueeze(node.Length(node.Input(0), axis: 1), 0);
        var (count, features) = (node.Onnx.Integers(layers * cell.Directions), node.Onnx.Integers(cell.Features));
        var size = node.Concat(0, count, items, features);
        return node.Step("Expand", [node.Input(input), size]);
    }

    private static string Layer(
        NodeConversion node,
        RecurrentCell cell,
        RecurrentWeights weights,
        int layer,
        string from,
        List<string> first,
        List<List<string>> states)
    {
        var (start, end) = (layer * cell.Directions, (layer + 1) * cell.Directions);
        var (ofInput, ofState, biases) = weights.Of(layer);
        var sequence = node.Between("sequence");
        var before = first.ConvertAll(state => node.Slice(state, start, end, axis: 0));
        var last = first.ConvertAll(_ => node.Between("state"));
        node.Onnx.Add(
            cell.Operation,
            [from, ofInput, ofState, biases, Lengths(node, cell), .. before],
            [sequence, .. last],
            cell.Attributes());
        for (var i = 0; i < states.Count; i++)
        {
            states[i].Add(last[i]);
        }

        // [time, direction, item, features], and MXNet has both directions beside each other.
        return node.Reshape(node.Transpose(sequence, 0, 2, 1, 3), 0, 0, cell.Directions * cell.Features);
    }

    private static string Lengths(NodeConversion node, RecurrentCell cell) =>
        node.Attributes.Flag("use_sequence_length", fallback: false)
            ? node.Cast(node.Input(cell.HasCellState ? 4 : 3), "int32")
            : "";
}
