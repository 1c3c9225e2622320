using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Layers that make masks: of steps that hold one value throughout, or of the index 0.</summary>
internal static class MaskLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line("Masking", Masking),
        KerasEmitters.Line("Embedding", Embedding),
    ];

    private static string Masking(KerasEmission layer)
    {
        var ops = layer.Ops;
        var differs = ops.Op("NotEqual", [layer.Input, ops.Number(layer.Real("mask_value", 0))]);
        var mask = ops.Truth("Any", differs, [layer.Rank - 1]);
        layer.OwnMask = new GraphMask(mask, [.. layer.Size.SkipLast(1)]);
        return ops.Mul(layer.Input, ops.Cast(ops.ExpandDims(mask, -1, TfType.Boolean), TfType.Boolean, TfType.Float));
    }

    private static string Embedding(KerasEmission layer)
    {
        var table = layer.Weights.Tensor(0, "embeddings", [layer.Required("input_dim"), layer.Required("output_dim")]);
        var type = layer.Ops.Type is TfType.Int32 or TfType.Int64 ? layer.Ops.Type : TfType.Int32;
        var ops = layer.Ops.Of(type);
        var indices = ops.CastTo(layer.Input, layer.Ops.Type);
        if (layer.Config.Flag("mask_zero"))
        {
            layer.OwnMask = new GraphMask(ops.Op("NotEqual", [indices, ops.Zero()]), layer.Size);
        }

        TfAttribute[] types =
        [
            TfAttribute.Type("Tparams", TfType.Float), TfAttribute.Type("Tindices", type), TfAttribute.Type("Taxis", TfType.Int32),
        ];
        return ops.Typed("GatherV2", [table, indices, ops.Integer(0)], types);
    }
}
