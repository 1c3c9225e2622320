using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>ConvLSTM: an LSTM whose products are convolutions. That of the input has strides and a dilation, and is made for all steps at
/// once; that of the state keeps its size.</summary>
internal static class ConvolutionalCell
{
    private const int Gates = 4;

    public static RecurrentCell Of(RecurrentSettings settings)
    {
        var activation = settings.Activation("activation", "tanh");
        var gate = settings.Activation("recurrent_activation", settings.Owner.Version.Major > 2 ? "sigmoid" : "hard_sigmoid");
        var window = Window(settings);
        var width = Gates * settings.Units;
        var kernel = window.Rank == 3
            ? window.FilledKernel(Inner(settings), "kernel", [settings.Channels, width])
            : settings.Weights.Tensor(0, "kernel", [.. window.Kernel, settings.Channels, width], window.OnImage([settings.Channels, width]));
        var recurrent = settings.Weights.Tensor(
            1, "recurrent_kernel", [.. window.Kernel, settings.Units, width], window.OnImage([settings.Units, width]));
        var bias = settings.HasBias ? settings.Weights.Tensor(2, "bias", [width]) : null;
        var onState = window with { Strides = Ones(window.Rank), Dilation = Ones(window.Rank), Padding = "same" };
        return new RecurrentCell(Gates, 2, kernel, bias, [recurrent], (ops, x, states, weights) =>
        {
            var product = Convolve(ops, onState, states[0], weights[0], bias: null);
            return RecurrentCells.LongShortTermStep(settings, ops, ops.Add(x, product), states[1], (activation, gate));
        });
    }

    public static RecurrentSequence Sequence(RecurrentSettings settings, RecurrentCell cell, string? mask)
    {
        var (ops, window) = (settings.Owner.Ops, Window(settings));
        var product = Convolve(ops, window, SequenceSteps.Fold(ops, settings.Input.Tensor, settings.Size), cell.Kernel, cell.Bias);
        var image = ImageSize(settings);
        var products = SequenceSteps.Unfold(ops, product, [-1, .. image, Gates * settings.Units], settings.Input, settings.Input.Type);
        var shape = ops.Shape(product);
        var batch = ops.Dimension(ops.Shape(settings.Input.Tensor), 0);
        var zeros = ops.Op("Fill",
            [
                ops.PackShape(
                    [batch, .. image.Select((size, i) => size >= 0 ? ops.Integer(checked((int)size)) : ops.Dimension(shape, i + 1)),
                        ops.Integer((int)settings.Units)]),
                ops.Number(0),
            ]);
        return new RecurrentSequence(
            products, mask, zeros, [-1, .. image, settings.Units], RecurrentLayers.Initial(settings, cell, zeros));
    }

    private static string Convolve(TfOps ops, ConvolutionWindow window, string input, string kernel, string? bias)
    {
        var output = window.Convolve(ops, window.Prepare(ops, input), kernel);
        output = window.Rank == 3 && bias is not null ? ops.Add(output, bias) : ops.BiasAdd(output, bias);
        return window.Rank == 1 ? ops.Squeeze(output, axis: 1) : output;
    }

    private static ConvolutionWindow Window(RecurrentSettings settings) => ConvolutionWindow.Of(Inner(settings), settings.ImageRank);

    // The layer as one of single steps.
    private static KerasEmission Inner(RecurrentSettings settings) => new(
        settings.Owner.Emitter,
        settings.Owner.Layer with { Config = settings.Cell, ClassName = settings.CellName },
        settings.Owner.Ops,
        [settings.Input with { Size = [-1, .. settings.Size.Skip(2)] }],
        settings.Weights,
        Node: null);

    // Of what the convolution makes of a step: the state of the layer, whose size the rules of Keras know.
    private static IReadOnlyList<long> ImageSize(RecurrentSettings settings)
    {
        var whole = Inner(settings) with { Inputs = [settings.Input] };
        var size = whole.OutputSizes[0] ?? throw settings.Owner.Refuse("the size of its states is not known");
        return [.. size.Skip(size.Count - 1 - settings.ImageRank).Take(settings.ImageRank)];
    }

    private static long[] Ones(int rank) => [.. Enumerable.Repeat(1L, rank)];
}
