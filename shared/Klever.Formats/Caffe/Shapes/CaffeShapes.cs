using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Caffe.Shapes;

/// <summary>Sizes of all blobs of a network, as far as its layers are known and its inputs have sizes.</summary>
internal static class CaffeShapes
{
    /// <summary>Dimensions of one blob at most, as in Caffe (<c>kMaxBlobAxes</c>).</summary>
    private const int MaximumAxes = 32;

    private static readonly Dictionary<string, Func<LayerShapes, long[]?[]>> Rules =
        WindowRules.Table
            .Concat(AxisRules.Table)
            .Concat(SameShapeRules.Table)
            .Concat(LossRules.Table)
            .Concat(DetectionRules.Table)
            .Concat(ForkRules.Table)
            .ToDictionary(StringComparer.Ordinal);

    /// <param name="inputs">Sizes of the network's inputs, where known.</param>
    /// <returns>The size of each blob after the last layer that writes it; null when it is not known.</returns>
    /// <exception cref="TextFormatException">A parameter of a known layer is not of its type.</exception>
    public static IReadOnlyDictionary<string, long[]?> Infer(CaffeNet net, IReadOnlyDictionary<string, long[]?> inputs)
    {
        var shapes = new Dictionary<string, long[]?>(inputs, StringComparer.Ordinal);
        foreach (var layer in net.Layers.Where(layer => layer.Bottoms.Count > 0 || layer.Type == "Parameter"))
        {
            var bottoms = layer.Bottoms.Select(bottom => shapes.GetValueOrDefault(bottom)).ToList();
            var tops = Of(layer, bottoms);
            for (var i = 0; i < layer.Tops.Count; i++)
            {
                shapes[layer.Tops[i]] = i < tops.Count ? tops[i] : null;
            }
        }

        return shapes;
    }

    /// <summary>Sizes of the tops of one layer; none when its type is not known.</summary>
    public static IReadOnlyList<long[]?> Of(CaffeLayer layer, IReadOnlyList<long[]?> bottoms) =>
        Rules.TryGetValue(layer.Type, out var rule)
            ? [.. rule(new LayerShapes(layer, bottoms)).Select(Plausible)]
            : [];

    private static long[]? Plausible(long[]? shape) =>
        shape is null || shape.Length > MaximumAxes
            ? null
            : [.. shape.Select(size => size is < 0 or > int.MaxValue ? -1 : size)];
}
