using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>The one vector that holds all weights of an RNN: for each layer and direction those of the input and of the
/// state, and then for each of them the biases of both.</summary>
internal sealed class RecurrentWeights(NodeConversion node, RecurrentCell cell, int layers)
{
    private readonly long _rows = cell.Gates.Length * cell.Features;

    private readonly long _inputs = node.Dimension(2);

    /// <summary>W, R and B of ONNX, each with an axis of directions before.</summary>
    public (string OfInput, string OfState, string Biases) Of(int layer)
    {
        var (inputs, outputs) = (Inputs(layer), cell.Features);
        var start = Enumerable.Range(0, layer).Sum(Size);
        var biases = Enumerable.Range(0, layers).Sum(Size) + (layer * cell.Directions * 2 * _rows);
        var step = Size(layer) / cell.Directions;
        return (
            Directions(way => Matrix(start + (way * step), inputs)),
            Directions(way => Matrix(start + (way * step) + (_rows * inputs), outputs)),
            Directions(way => Biases(biases + (way * 2 * _rows))));
    }

    private long Inputs(int layer) => layer == 0 ? _inputs : cell.Directions * cell.Features;

    private long Size(int layer) => cell.Directions * _rows * (Inputs(layer) + cell.Features);

    private string Directions(Func<int, string> part) =>
        cell.Directions == 1 ? part(0) : node.Concat(0, part(0), part(1));

    private string Matrix(long start, long columns)
    {
        var part = node.Slice(node.Input(1), start, start + (_rows * columns), axis: 0);
        var gates = node.Reshape(part, 1, cell.Gates.Length, cell.Features, columns);
        return node.Reshape(Ordered(gates, axis: 1), 1, _rows, columns);
    }

    private string Biases(long start)
    {
        var part = node.Slice(node.Input(1), start, start + (2 * _rows), axis: 0);
        var gates = node.Reshape(part, 1, 2, cell.Gates.Length, cell.Features);
        return node.Reshape(Ordered(gates, axis: 2), 1, 2 * _rows);
    }

    private string Ordered(string gates, int axis) => cell.Gates.Length == 1
        ? gates
        : node.Step("Gather", [gates, node.Onnx.Integers(cell.Gates)], OnnxAttribute.Of("axis", axis));
}
