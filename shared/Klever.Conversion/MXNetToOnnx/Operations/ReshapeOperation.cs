using Klever.Conversion.Onnx;
using Klever.Formats.MXNet.Shapes;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>MXNet's Reshape. Codes that ONNX shares go as they are; the others are worked out from the size of the
/// input.</summary>
internal static class ReshapeOperation
{
    public static void Convert(NodeConversion node)
    {
        var codes = node.Attributes.Integers("shape") is { Count: > 0 } shape ? shape : Former(node);
        Convert(node, codes);
    }

    /// <summary>npx.reshape, which has other codes.</summary>
    public static void ConvertNumpy(NodeConversion node)
    {
        var given = node.Attributes.Integers("newshape") ?? throw new Refusal("attribute newshape is missing");
        Convert(node, ReshapeCodes.OfNumpy(given) ?? throw NodeConversion.Refuse("newshape", node.Attributes.Text("newshape")));
    }

    private static void Convert(NodeConversion node, IReadOnlyList<long> codes)
    {
        var reverses = node.Attributes.Flag("reverse", fallback: false);
        var isShared = !reverses && codes.All(code => code >= -1) && codes.Count(code => code == -1) <= 1;
        var target = isShared ? [.. codes] : Work(node, codes, reverses);
        node.Emit("Reshape", [node.Input(0), node.Onnx.Integers(target)]);
    }

    // Before 0.9: 0 is what is left.
    private static long[] Former(NodeConversion node)
    {
        var target = node.Attributes.Integers("target_shape") ?? throw new Refusal("attribute shape is missing");
        long[] codes = [.. target.Select(size => size == 0 ? -1 : size)];
        if (node.Attributes.Flag("keep_highest", fallback: false))
        {
            codes[0] = 0;
        }

        return codes;
    }

    private static long[] Work(NodeConversion node, IReadOnlyList<long> codes, bool reverses)
    {
        var size = node.Size();
        var target = ReshapeCodes.Apply(size, codes, reverses)
            ?? throw NodeConversion.Refuse("shape", $"({string.Join(", ", codes)})");
        if (target.Length > 0 && target[0] < 0 && CopiesFirst(codes, reverses, size.Length, target.Length))
        {
            target[0] = 0;
        }

        return target.Count(dimension => dimension < 0) <= 1
            ? target
            : throw new Refusal($"shape = ({string.Join(", ", codes)}) needs the whole size of the input", needsSize: true);
    }

    private static bool CopiesFirst(IReadOnlyList<long> codes, bool reverses, int rank, int targetRank) =>
        reverses ? rank == targetRank && codes.All(code => code is 0 or > 0) && codes[0] == 0 : codes[0] is 0 or -2;
}
