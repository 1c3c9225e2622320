using Klever.Formats.NetDef.Inference;
using Klever.Formats.Shapes;

namespace Klever.Formats.NetDef;

/// <summary>What the weights of the first convolution say of the size of an image.</summary>
internal static class InputGuess
{
    private const long Unknown = -1;

    /// <returns>Four dimensions of which the channels are known, or null.</returns>
    public static IReadOnlyList<long>? Size(string input, Net predict, NetInference parameters)
    {
        var consumer = predict.Operators.Find(operation => operation.Inputs.Count > 1 && operation.Inputs[0] == input);
        if (consumer is not { Type: "Conv" } || consumer.Text("order", "NCHW") != "NCHW"
            || parameters[consumer.Inputs[1]].Fact.Size is not [_, var channels, _, _])
        {
            return null;
        }

        var all = Dimension.Multiply(channels, consumer.Integer("group", otherwise: 1));
        return all > 0 ? [Unknown, all, Unknown, Unknown] : null;
    }
}
