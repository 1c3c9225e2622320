using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>A kind of cell, and where ONNX has the gates that MXNet has in another order.</summary>
/// <param name="Operation">Of ONNX.</param>
/// <param name="Gates">For each gate of ONNX its place in MXNet.</param>
/// <param name="Features">Length of the state.</param>
/// <param name="Activation">Where it is not what ONNX has by itself.</param>
internal sealed record RecurrentCell(
    string Operation, long[] Gates, long Features, int Directions, string? Activation = null)
{
    public bool HasCellState => Operation == "LSTM";

    public static RecurrentCell Of(NodeConversion node)
    {
        var features = node.Attributes.Integer("state_size") ?? throw new Refusal("attribute state_size is missing");
        var directions = node.Attributes.Flag("bidirectional", fallback: false) ? 2 : 1;
        return node.Attributes.Text("mode") switch
        {
            "rnn_relu" => new RecurrentCell("RNN", [0], features, directions, "Relu"),
            "rnn_tanh" => new RecurrentCell("RNN", [0], features, directions),
            "lstm" => new RecurrentCell("LSTM", [0, 3, 1, 2], features, directions),
            "gru" => new RecurrentCell("GRU", [1, 0, 2], features, directions),
            var mode => throw NodeConversion.Refuse("mode", mode),
        };
    }

    public OnnxAttribute[] Attributes()
    {
        List<OnnxAttribute> attributes =
        [
            OnnxAttribute.Of("hidden_size", Features),
            OnnxAttribute.Of("direction", Directions == 2 ? "bidirectional" : "forward"),
        ];
        if (Operation == "GRU")
        {
            attributes.Add(OnnxAttribute.Of("linear_before_reset", 1));
        }

        if (Activation is not null)
        {
            attributes.Add(OnnxAttribute.Of("activations", Enumerable.Repeat(Activation, Directions)));
        }

        return [.. attributes];
    }
}
