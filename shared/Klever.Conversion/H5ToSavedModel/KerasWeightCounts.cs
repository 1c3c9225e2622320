using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>How many weights a layer has: those that are trained, and those that are not, which follow them.</summary>
internal readonly record struct KerasWeightCount(int Trained, int Fixed)
{
    public int All => Trained + Fixed;
}

/// <summary>Counts weights by the settings of a layer.</summary>
internal static class KerasWeightCounts
{
    public static KerasWeightCount Of(KerasLayer layer, KerasModelParser parser, KerasVersion version)
    {
        var count = Counted(layer, parser, version);
        return layer.Config.Flag("trainable", otherwise: true) ? count : new KerasWeightCount(0, count.All);
    }

    private static KerasWeightCount Counted(KerasLayer layer, KerasModelParser parser, KerasVersion version)
    {
        var config = layer.Config;
        var bias = config.Flag("use_bias", otherwise: true) ? 1 : 0;
        var scaleAndCenter = (config.Flag("scale", otherwise: true) ? 1 : 0) + (
            config.Flag("center", otherwise: true) ? 1 : 0);
        return layer.ClassName switch
        {
            "Dense" or "Conv1D" or "Conv2D" or "Conv3D" or "Convolution1D" or "Convolution2D" or "Convolution3D"
                or "DepthwiseConv1D" or "DepthwiseConv2D" or "Conv1DTranspose" or "Conv2DTranspose"
                or "Convolution2DTranspose" or "Conv3DTranspose" or "LocallyConnected1D" or "LocallyConnected2D" => new(1 + bias, 0),
            "EinsumDense" => new(config.Find("bias_axes") is null ? 1 : 2, 0),
            "SeparableConv1D" or "SeparableConv2D" or "SimpleRNN" or "LSTM" or "GRU" or "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D" =>
                new(2 + bias, 0),
            "RNN" => new(KerasCells.Of(config).Sum(cell => KerasCells.WeightsOf(cell.Config)), 0),
            "CuDNNLSTM" or "CuDNNGRU" => new(3, 0),
            "BatchNormalization" or "BatchNormalizationV1" or "BatchNormalizationV2" or "SyncBatchNormalization" =>
                new(scaleAndCenter, 2),
            "LayerNormalization" or "GroupNormalization" or "InstanceNormalization" or "Addons>GroupNormalization"
                or "Addons>InstanceNormalization" => new(scaleAndCenter, 0),
            "Embedding" or "PReLU" or "RMSNormalization" or "LayerScale" => new(1, 0),
            "Attention" => new((config.Flag("use_scale") ? 1 : 0) + (config.Text("score_mode") == "concat" ? 1 : 0), 0),
            "AdditiveAttention" => new(config.Flag("use_scale", otherwise: true) ? 1 : 0, 0),
            "MultiHeadAttention" => new(4 * (1 + bias), 0),
            "Normalization" => config.Has("mean") && config.Find("mean") is not null
                ? default
                : new(0, version.Major > 2 ? 2 : 3),
            "Bidirectional" => Inner(2),
            "TimeDistributed" => Inner(1),
            "SpectralNormalization" => Inner(1) is var inner ? new(inner.Trained, inner.Fixed + 1) : default,
            _ => default,
        };

        KerasWeightCount Inner(int times) =>
            parser.ParseInner(config, "layer") is { } inner && Of(inner, parser, version) is var count
                ? new(times * count.Trained, times * count.Fixed)
                : default;
    }
}
