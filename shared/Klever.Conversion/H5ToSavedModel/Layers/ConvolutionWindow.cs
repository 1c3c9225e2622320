using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Kernel size, strides, dilation and padding of a convolution in one to three dimensions, and how TensorFlow
/// is told of them.</summary>
internal sealed record ConvolutionWindow(int Rank, long[] Kernel, long[] Strides, long[] Dilation, string Padding)
{
    public string TfPadding => Padding == "same" ? "SAME" : "VALID";

    public static ConvolutionWindow Of(KerasEmission layer, int rank)
    {
        if (layer.Rank != rank + 2)
        {
            throw layer.Refuse($"its input has {layer.Rank} dimensions, not {rank + 2}");
        }

        var padding = layer.Config.Text("padding") ?? "valid";
        return padding is "same" or "valid" or "causal"
            ? new ConvolutionWindow(
                rank,
                layer.Axes("kernel_size", rank, otherwise: 1),
                layer.Axes("strides", rank, otherwise: 1),
                layer.Axes("dilation_rate", rank, otherwise: 1),
                padding)
            : throw layer.Refuse($"its padding \"{padding}\" is not converted");
    }

    /// <summary>The input as an image: one pixel high in one dimension, and padded in front when the convolution is
    /// causal.</summary>
    public string Prepare(TfOps ops, string input)
    {
        if (Padding == "causal")
        {
            input = ops.Pad(input, [(0, 0), (Dilation[0] * (Kernel[0] - 1), 0), (0, 0)]);
        }

        return Rank == 1 ? ops.ExpandDims(input, axis: 1) : input;
    }

    /// <summary>The dimensions of a kernel in the graph.</summary>
    public long[] OnImage(IReadOnlyList<long> channels) =>
        Rank == 1 ? [1, .. Kernel, .. channels] : [.. Kernel, .. channels];

    public string Convolve(TfOps ops, string op, string input, string kernel)
    {
        TfAttribute[] dilations = Dilation.All(rate => rate == 1)
            ? []
            : [TfAttribute.Integers("dilations", Around(Dilation))];
        return ops.Op(
            op, [input, kernel], [TfAttribute.Integers("strides", Around(Strides)), TfAttribute.Text(
                "padding", TfPadding), .. dilations]);
    }

    /// <summary>A kernel with zeros between its elements.</summary>
    /// <param name="channels">Elements of one position.</param>
    public TfTensor Dilated(float[] values, long channels, IReadOnlyList<long> channelShape)
    {
        var (height, width) = Rank == 1 ? (1, Kernel[0]) : (Kernel[0], Kernel[1]);
        var (down, right) = Rank == 1 ? (1, Dilation[0]) : (Dilation[0], Dilation[1]);
        var (fullHeight, fullWidth) = (((height - 1) * down) + 1, ((width - 1) * right) + 1);
        var full = new float[fullHeight * fullWidth * channels];
        for (var y = 0L; y < height; y++)
        {
            for (var x = 0L; x < width; x++)
            {
                var source = ((y * width) + x) * channels;
                var target = ((y * down * fullWidth) + (x * right)) * channels;
                Array.Copy(values, source, full, target, channels);
            }
        }

        return TfTensor.Of([fullHeight, fullWidth, .. channelShape], full);
    }

    private long[] Around(long[] spatial) => Rank == 1 ? [1, 1, spatial[0], 1] : [1, .. spatial, 1];
}
