using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Kernel size, strides, dilation and padding of a convolution in one to three dimensions, and how TensorFlow
/// is told of them.</summary>
internal sealed record ConvolutionWindow(int Rank, long[] Kernel, long[] Strides, long[] Dilation, string Padding)
{
    /// <summary>Elements of a kernel with its zeros.</summary>
    private const long MaximumElements = 1L << 28;

    public string TfPadding => Padding == "same" ? "SAME" : "VALID";

    public bool IsDilated => Dilation.Any(rate => rate != 1);

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
                layer.Lengths("kernel_size", rank, otherwise: 1),
                layer.Lengths("strides", rank, otherwise: 1),
                layer.Lengths("dilation_rate", rank, otherwise: 1),
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

    /// <summary>TensorFlow on a processor dilates images, not volumes; for those the kernel is filled with zeros.</summary>
    public string Convolve(TfOps ops, string input, string kernel)
    {
        TfAttribute[] dilations = IsDilated && Rank < 3 ? [TfAttribute.Integers("dilations", Around(Dilation))] : [];
        return ops.Op(
            Rank == 3 ? "Conv3D" : "Conv2D",
            [input, kernel],
            [TfAttribute.Integers("strides", Around(Strides)), TfAttribute.Text("padding", TfPadding), .. dilations]);
    }

    /// <summary>A kernel of the graph; where TensorFlow's operation knows no dilation, zeros stand between its elements.</summary>
    public string FilledKernel(KerasEmission layer, string name, long[] channels)
    {
        long[] expected = [.. Kernel, .. channels];
        if (!IsDilated)
        {
            return layer.Weights.Tensor(0, name, expected, OnImage(channels));
        }

        layer.Weights.Require(0, name, expected);
        var elements = Filled().Concat(channels).Aggregate((Int128)1, (product, size) => product * size);
        return elements <= MaximumElements
            ? layer.Weights.Derived(name, () => TfTensor.Computed(
                [.. Rank == 1 ? [1] : (long[])[], .. Filled(), .. channels],
                () => Fill(layer.Weights.Values(0, name, expected), channels.Aggregate(1L, (product, size) => product * size))))
            : throw layer.Refuse($"its kernel would have {elements} elements with the zeros of its dilation");
    }

    private long[] Filled() => [.. Kernel.Zip(Dilation, (size, rate) => ((size - 1) * rate) + 1)];

    private float[] Fill(float[] values, long channels)
    {
        var filled = Filled();
        var result = new float[filled.Aggregate(channels, (product, size) => product * size)];
        var position = new long[Rank];
        for (var source = 0L; source < values.Length; source += channels)
        {
            var target = 0L;
            for (var axis = 0; axis < Rank; axis++)
            {
                target = (target * filled[axis]) + (position[axis] * Dilation[axis]);
            }

            Array.Copy(values, source, result, target * channels, channels);
            for (var axis = Rank - 1; axis >= 0 && ++position[axis] == Kernel[axis]; axis--)
            {
                position[axis] = 0;
            }
        }

        return result;
    }

    /// <summary>One number per spatial axis with 1 for batch and channels.</summary>
    public long[] Around(long[] spatial) => Rank == 1 ? [1, 1, spatial[0], 1] : [1, .. spatial, 1];
}
