namespace Klever.Conversion.CaffeToNetDef.Layers;

/// <summary>Layers with weights other than convolutions, and normalisations.</summary>
internal static class WeightLayers
{
    public static readonly IReadOnlyDictionary<string, Action<LayerConversion>> Table =
        new Dictionary<string, Action<LayerConversion>>
        {
            ["InnerProduct"] = InnerProduct,
            ["BatchNorm"] = BatchNorm,
            ["Scale"] = Scale,
            ["Bias"] = Bias,
            ["PReLU"] = PReLU,
            ["LRN"] = Lrn,
        };

    private static void InnerProduct(LayerConversion layer)
    {
        var parameters = layer.Parameter("inner_product_param");
        var outputs = parameters.Integer("num_output") ?? throw new LayerRefusal("num_output is missing");
        var blob = layer.Blob(0);
        if (outputs <= 0 || blob.Content.Count % outputs != 0)
        {
            throw new LayerRefusal(
                ConversionProblem.WeightShapeMismatch,
                $"a weight of size [{string.Join(", ", blob.Size)}] does not fit {outputs} outputs");
        }

        var inputs = blob.Content.Count / outputs;
        var weight = parameters.Flag("transpose") ?? false
            ? layer.Weight("_w", Transposed(blob, inputs, outputs), outputs, inputs)
            : layer.Weight("_w", blob, outputs, inputs);
        var bias = parameters.Flag("bias_term") ?? true
            ? layer.Weight("_b", layer.Blob(1), outputs)
            : layer.Weight("_b", new float[outputs]);
        var axis = parameters.Integer("axis") ?? 1;
        layer.Emit("FC", [layer.Input, weight, bias], axis == 1 ? [] : [NetArgument.Of("axis", layer.Axis(axis))]);
    }

    private static CaffeBlob Transposed(CaffeBlob blob, long rows, long columns)
    {
        var values = blob.Content.ToArray();
        var turned = new float[values.Length];
        for (var row = 0L; row < rows; row++)
        {
            for (var column = 0L; column < columns; column++)
            {
                turned[(column * rows) + row] = values[(row * columns) + column];
            }
        }

        return blob with { Content = FloatContent.Of(turned) };
    }

    // The third weight counts by how much the sums of the others are too large.
    private static void BatchNorm(LayerConversion layer)
    {
        const float DefaultEpsilon = 1e-5f;
        const int WeightsWithScale = 5;
        var parameters = layer.Parameter("batch_norm_param");
        var (mean, variance) = (layer.Blob(0).Content.ToArray(), layer.Blob(1).Content.ToArray());
        var count = layer.Blob(2).Content.ToArray() is [var counted, ..] ? counted : 0;
        var factor = count == 0 ? 0 : 1 / count;
        if (mean.Length != variance.Length)
        {
            throw new LayerRefusal(
                ConversionProblem.WeightShapeMismatch, $"there are {mean.Length} means and {variance.Length} variances");
        }

        float[] scale = [.. Enumerable.Repeat(1f, mean.Length)];
        var shift = new float[mean.Length];
        if (layer.BlobCount == WeightsWithScale)
        {
            (scale, shift) = (layer.Blob(3).Content.ToArray(), layer.Blob(4).Content.ToArray());
        }

        layer.Emit(
            "SpatialBN",
            [
                layer.Input,
                layer.Weight("_scale", scale),
                layer.Weight("_bias", shift),
                layer.Weight("_mean", [.. mean.Select(value => value * factor)]),
                layer.Weight("_var", [.. variance.Select(value => value * factor)]),
            ],
            NetArgument.Of("is_test", 1),
            NetArgument.Of("epsilon", (float)(parameters.Number("eps") ?? DefaultEpsilon)),
            NetArgument.Of("order", "NCHW"));
    }

    private static void Scale(LayerConversion layer)
    {
        var parameters = layer.Parameter("scale_param");
        var axis = parameters.Integer("axis") ?? 1;
        var isLearned = layer.Inputs.Count == 1;
        var by = isLearned ? layer.Weight("_w", layer.Blob(0), Flat(layer.Blob(0))) : layer.Inputs[1];
        var along = isLearned && layer.Blob(0).Content.Count == 1
            ? [NetArgument.Of("broadcast", 1)]
            : Along(layer, axis);
        if (!(parameters.Flag("bias_term") ?? false))
        {
            layer.Emit("Mul", [layer.Input, by], along);
            return;
        }

        var blob = layer.Blob(isLearned ? 1 : 0);
        var product = layer.Step("Mul", [layer.Input, by], along);
        layer.Emit("Add", [product, layer.Weight("_b", blob, Flat(blob))], along);
    }

    private static void Bias(LayerConversion layer)
    {
        var axis = layer.Parameter("bias_param").Integer("axis") ?? 1;
        var by = layer.Inputs.Count > 1 ? layer.Inputs[1] : layer.Weight("_b", layer.Blob(0), Flat(layer.Blob(0)));
        layer.Emit("Add", [layer.Input, by], Along(layer, axis));
    }

    private static NetArgument[] Along(LayerConversion layer, long axis) =>
        [NetArgument.Of("broadcast", 1), NetArgument.Of("axis", axis < 0 ? layer.Axis(axis) : axis)];

    // Old files give four dimensions to a list; the ones before it say nothing.
    private static long[] Flat(CaffeBlob blob)
    {
        var size = blob.Size.SkipWhile(length => length == 1).ToArray();
        return size.Length == 0 ? [1] : size;
    }

    private static void PReLU(LayerConversion layer)
    {
        var slopes = layer.Blob(0);
        layer.Emit("PRelu", [layer.Input, layer.Weight("_slope", slopes, slopes.Content.Count)]);
    }

    private static void Lrn(LayerConversion layer)
    {
        var parameters = layer.Parameter("lrn_param");
        if (parameters.Text("norm_region") is not (null or "ACROSS_CHANNELS" or "0"))
        {
            throw new LayerRefusal($"norm_region = {parameters.Text("norm_region")} is not supported");
        }

        layer.Add(
            "LRN",
            [layer.Input],
            [layer.Output, layer.Helper("_scale")],
            NetArgument.Of("size", parameters.Integer("local_size") ?? 5),
            NetArgument.Of("alpha", (float)(parameters.Number("alpha") ?? 1)),
            NetArgument.Of("beta", (float)(parameters.Number("beta") ?? 0.75)),
            NetArgument.Of("bias", (float)(parameters.Number("k") ?? 1)),
            NetArgument.Of("order", "NCHW"));
    }
}
