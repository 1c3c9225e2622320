namespace Klever.Conversion.H5ToSavedModel;

/// <summary>What becomes of a mask: some layers make one, some pass it on, the others end it.</summary>
internal static class KerasMasks
{
    /// <summary>Layers whose outputs have the mask of their first input.</summary>
    private static readonly HashSet<string> Passing =
    [
        "Activation", "ActivityRegularization", "AdditiveAttention", "AlphaDropout", "Attention", "BatchNormalization",
        "BatchNormalizationV1", "BatchNormalizationV2", "Dense", "Dropout", "ELU", "EinsumDense", "GaussianDropout", "GaussianNoise",
        "GroupNormalization", "Identity", "LayerNormalization", "LeakyReLU", "MultiHeadAttention", "PReLU", "ReLU", "Softmax",
        "SpatialDropout1D", "SyncBatchNormalization", "ThresholdedReLU", "UnitNormalization",
    ];

    private static readonly HashSet<string> Recurrent =
        ["Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "CuDNNGRU", "CuDNNLSTM", "GRU", "LSTM", "RNN", "SimpleRNN"];

    private static readonly HashSet<string> Merging = ["Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"];

    /// <summary>The masks of the outputs, in their order; those that are not listed have none.</summary>
    public static IReadOnlyList<GraphMask?> Of(KerasEmission emission)
    {
        var (layer, inputs) = (emission.Layer, emission.Inputs);
        if (emission.OwnMask is { } own)
        {
            return [own];
        }

        if (inputs.All(input => input.Mask is null))
        {
            return [];
        }

        return layer.ClassName switch
        {
            _ when Passing.Contains(layer.ClassName) => [inputs[0].Mask],
            _ when Recurrent.Contains(layer.ClassName) => OfSequences(emission),
            _ when Merging.Contains(layer.ClassName) => [Merged(emission)],
            "Concatenate" => [Joined(emission)],
            _ => [],
        };
    }

    private static List<GraphMask?> OfSequences(KerasEmission emission)
    {
        var config = emission.Layer.ClassName == "Bidirectional" ? emission.Config.Inner("layer").Inner("config") : emission.Config;
        var mask = config.Flag("return_sequences") ? emission.Inputs[0].Mask : null;
        return emission.Config.Has("merge_mode") && emission.Config.Find("merge_mode") is null ? [mask, mask] : [mask];
    }

    // Keras 2 takes what all masks let through, Keras 3 what any of them does, and nothing when one is missing.
    private static GraphMask? Merged(KerasEmission emission)
    {
        var masks = emission.Inputs.Select(input => input.Mask).ToList();
        var isNew = emission.Version.Major > 2;
        if (isNew && emission.Layer.ClassName is "Maximum" or "Minimum")
        {
            throw emission.Refuse("its inputs have masks, which Keras 3 lets choose between them; that is not converted");
        }

        return isNew && masks.Contains(null)
            ? null
            : masks.OfType<GraphMask>().Aggregate((left, right) => left with
            {
                Tensor = isNew ? emission.Ops.Either(left.Tensor, right.Tensor) : emission.Ops.Both(left.Tensor, right.Tensor),
            });
    }

    // Along the steps masks follow each other; along any other axis a step counts when it does in all inputs.
    private static GraphMask Joined(KerasEmission emission)
    {
        var ops = emission.Ops;
        var axis = emission.Axis("axis", -1);
        if (axis >= emission.Inputs.First(input => input.Mask is not null).Mask!.Size.Count)
        {
            var present = emission.Inputs.Select(input => input.Mask).OfType<GraphMask>();
            return present.Aggregate((left, right) => left with { Tensor = ops.Both(left.Tensor, right.Tensor) });
        }

        if (emission.Inputs.Any(input => input.Mask is null))
        {
            throw emission.Refuse("some of its inputs have a mask and some have none, which is not converted");
        }

        var masks = emission.Inputs.Select(input => input.Mask!).ToList();
        var joined = ops.Of(TensorFlow.TfType.Boolean).Concat([.. masks.Select(mask => mask.Tensor)], axis);
        return new GraphMask(joined, [.. masks[0].Size.Select((size, i) => i == axis ? -1 : size)]);
    }
}
