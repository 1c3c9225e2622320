using Klever.Formats.Shapes;

namespace Klever.Formats.MXNet.Shapes;

/// <summary>Convolution and pooling.</summary>
internal static class WindowRules
{
    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table =
        new Dictionary<string, Func<NodeShapes, long[]?[]>>
        {
            ["Convolution"] = node => [Convolution(node)],
            ["_contrib_DeformableConvolution"] = node => [Convolution(node)],
            ["Deconvolution"] = node => [Deconvolution(node)],
            ["Pooling"] = node => [Pooling(node)],
        };

    /// <summary>Whether the channels are the last axis.</summary>
    public static bool IsChannelsLast(SymbolAttributes attributes) =>
        attributes.Text("layout") is { } layout && layout.EndsWith('C');

    private static long[]? Convolution(NodeShapes node) => Slide(
        node,
        node.Attributes.Integer("num_filter"),
        (size, axis, _) => Window.Floor(size, axis.Covered, axis.Stride, 2 * axis.Pad));

    private static long[]? Deconvolution(NodeShapes node)
    {
        var target = node.Attributes.Integers("target_shape");
        var adjustments = node.Attributes.Integers("adj");
        return Slide(node, node.Attributes.Integer("num_filter"), (size, axis, index) =>
            target is not null && target.Any(wanted => wanted > 0) ? target.ElementAtOrDefault(index)
            : size < 0 ? -1
            : (axis.Stride * (size - 1)) + axis.Covered - (2 * axis.Pad) + (adjustments?.ElementAtOrDefault(index) ?? 0));
    }

    private static long[]? Pooling(NodeShapes node)
    {
        var isGlobal = node.Attributes.Flag("global_pool", fallback: false);
        var convention = node.Attributes.Text("pooling_convention");
        return Slide(node, channels: null, (size, axis, _) =>
            isGlobal ? 1
            : convention == "same" ? Window.Same(size + (2 * axis.Pad), axis.Stride)
            : convention == "full" ? Window.Ceiling(size, axis.Covered, axis.Stride, 2 * axis.Pad)
            : Window.Floor(size, axis.Covered, axis.Stride, 2 * axis.Pad));
    }

    private static long[]? Slide(NodeShapes node, long? channels, Func<long, SymbolWindow, int, long> slide)
    {
        if (node.First is not { Length: >= 3 } input)
        {
            return null;
        }

        var isLast = IsChannelsLast(node.Attributes);
        var output = input.ToArray();
        var axes = SymbolWindow.Read(node.Attributes, input.Length - 2);
        var firstSpatial = isLast ? 1 : 2;
        for (var i = 0; i < axes.Count; i++)
        {
            output[firstSpatial + i] = axes[i] is { } axis ? slide(input[firstSpatial + i], axis, i) : -1;
        }

        if (channels is not null)
        {
            output[isLast ? ^1 : 1] = channels.Value;
        }

        return output;
    }
}
