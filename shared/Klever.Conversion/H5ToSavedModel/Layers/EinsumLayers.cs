using Klever.Models;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>EinsumDense: a dense layer along any axes.</summary>
internal static class EinsumLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } = [KerasEmitters.Line("EinsumDense", EinsumDense)];

    private static string EinsumDense(KerasEmission layer)
    {
        var equation = layer.Config.Text("equation") ?? "";
        var kernelSize = layer.Weights.Shape(0);
        var contraction = Contraction.Parse(equation, layer.Rank, kernelSize.Count)
            ?? throw layer.Refuse($"its equation \"{Excerpt.Of(equation)}\" is not converted");
        var expected = contraction.Right.Select(label => contraction.Left.Contains(label) ? layer.Size[contraction.Left.IndexOf(label)] : -1);
        var kernel = layer.Weights.Tensor(0, "kernel", [.. expected]);
        var product = contraction.Emit(layer.Ops, (layer.Input, layer.Size), (kernel, kernelSize));
        if (layer.Config.Find("bias_axes") is not null)
        {
            product = layer.Ops.Add(product, Bias(layer, contraction, kernelSize));
        }

        return Activations.Apply(layer, layer.Ops, product, layer.OutputSizes[0]);
    }

    // From the first axis of the bias on; axes that it has not are one.
    private static string Bias(KerasEmission layer, Contraction contraction, IReadOnlyList<long> kernelSize)
    {
        var axes = layer.Config.Text("bias_axes") ?? "";
        var output = contraction.Output;
        var first = axes.Select(axis => output.IndexOf(axis)).DefaultIfEmpty(-1).Min();
        if (first < 1)
        {
            throw layer.Refuse($"its bias_axes \"{Excerpt.Of(axes)}\" do not stand in its output");
        }

        var size = output[first..].Select(label => !axes.Contains(label)
            ? 1
            : contraction.Right.Contains(label) ? kernelSize[contraction.Right.IndexOf(label)] : layer.Known(contraction.Left.IndexOf(label)));
        return layer.Weights.Tensor(1, "bias", [.. size]);
    }
}
