using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Shapes;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>A sum of products of two tensors (<c>abc,cd->abd</c>) as one product of matrices: dimensions are brought into the order batch,
/// own, summed, and several of a kind are made one. The operation Einsum is younger than TensorFlow 1.15.</summary>
/// <param name="Left">Labels of the dimensions of the first tensor.</param>
/// <param name="Output">Labels of the result.</param>
internal sealed record Contraction(string Left, string Right, string Output)
{
    /// <summary>Labels that stand for dimensions that "..." means.</summary>
    private const string Unnamed = "\u0391\u0392\u0393\u0394\u0395\u0396\u0397\u0398\u0399\u039A\u039B\u039C";

    /// <returns>Null when the equation does not fit, names a dimension twice, or needs more than a product.</returns>
    public static Contraction? Parse(string equation, int leftRank, int rightRank)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var operands = sides[0].Split(',');
        if (sides.Length != 2 || operands.Length != 2)
        {
            return null;
        }

        var unnamed = Math.Max(Missing(operands[0], leftRank), Missing(operands[1], rightRank));
        if (unnamed < 0 || unnamed > Unnamed.Length || operands.Any(operand => operand.Contains("...", StringComparison.Ordinal)
            && Missing(operand, operand == operands[0] ? leftRank : rightRank) != unnamed))
        {
            return null;
        }

        var names = Unnamed[..unnamed];
        var parsed = new Contraction(Named(operands[0], names), Named(operands[1], names), Named(sides[1], names));
        return parsed.Fits(leftRank, rightRank) ? parsed : null;
    }

    public string Emit(
        TfOps ops, (string Tensor, IReadOnlyList<long> Size) left, (string Tensor, IReadOnlyList<long> Size) right)
    {
        var batch = Output.Where(label => Left.Contains(label) && Right.Contains(label)).ToList();
        var summed = Left.Where(label => !Output.Contains(label)).ToList();
        var (rows, columns) = (Output.Where(label => !Right.Contains(label)).ToList(), Output.Where(label => !Left.Contains(label)).ToList());
        var first = Ordered(ops, left.Tensor, Left, [.. batch, .. rows, .. summed]);
        var second = Ordered(ops, right.Tensor, Right, [.. batch, .. summed, .. columns]);
        var product = batch.Count == 0 && IsKnown(columns, Right, right.Size)
            ? ops.MatMul(Merged(ops, first, left.Size, Left, [rows, summed]), Merged(ops, second, right.Size, Right, [summed, columns]))
            : ops.Op("BatchMatMulV2",
                [Merged(ops, first, left.Size, Left, [batch, rows, summed]), Merged(ops, second, right.Size, Right, [batch, summed, columns])]);
        List<char> made = [.. batch, .. rows, .. columns];
        return Ordered(ops, Apart(ops, product, made, (first, left.Size, [.. batch, .. rows]), right), new string([.. made]), [.. Output]);
    }

    private bool Fits(int leftRank, int rightRank) =>
        Left.Length == leftRank && Right.Length == rightRank
        && Array.TrueForAll([Left, Right, Output], labels => labels.Distinct().Count() == labels.Length && labels.All(char.IsLetter))
        && Output.All(label => Left.Contains(label) || Right.Contains(label))
        && Left.All(label => Output.Contains(label) || Right.Contains(label))
        && Right.All(label => Output.Contains(label) || Left.Contains(label));

    private static int Missing(string labels, int rank) =>
        labels.Contains("...", StringComparison.Ordinal) ? rank - (labels.Length - 3) : 0;

    private static string Named(string labels, string unnamed) => labels.Replace("...", unnamed, StringComparison.Ordinal);

    private static bool IsKnown(List<char> labels, string all, IReadOnlyList<long> size) =>
        labels.TrueForAll(label => size[all.IndexOf(label)] >= 0);

    private static string Ordered(TfOps ops, string tensor, string labels, List<char> order) =>
        order.SequenceEqual(labels) ? tensor : ops.Transpose(tensor, [.. order.Select(label => (long)labels.IndexOf(label))]);

    // Dimensions of each group become one; of several groups with open dimensions the shape is taken apart.
    private static string Merged(TfOps ops, string tensor, IReadOnlyList<long> size, string labels, List<List<char>> groups)
    {
        if (groups.TrueForAll(group => group.Count == 1))
        {
            return tensor;
        }

        var sizes = groups.Select(group => Window.Product(group.Select(label => size[labels.IndexOf(label)]))).ToList();
        if (sizes.Count(length => length < 0) <= 1)
        {
            return ops.Reshape(tensor, sizes);
        }

        var shape = ops.Shape(tensor);
        var axis = 0;
        var packed = new List<string>();
        foreach (var group in groups)
        {
            packed.Add(group.Select((_, i) => ops.Dimension(shape, axis + i))
                .DefaultIfEmpty(ops.Integer(1)).Aggregate((left, right) => ops.Int32Op("Mul", left, right)));
            axis += group.Count;
        }

        return ops.Op("Reshape", [tensor, ops.PackShape(packed)], TfAttribute.Type("Tshape", TfType.Int32));
    }

    private string Apart(
        TfOps ops, string product, List<char> made, (string Tensor, IReadOnlyList<long> Size, List<char> Order) left,
        (string Tensor, IReadOnlyList<long> Size) right)
    {
        var sizes = made.Select(label => Left.Contains(label) ? left.Size[Left.IndexOf(label)] : right.Size[Right.IndexOf(label)]).ToList();
        if (sizes.Count(length => length < 0) <= 1)
        {
            return ops.Reshape(product, sizes);
        }

        var (first, second) = (ops.Shape(left.Tensor), ops.Shape(right.Tensor));
        var packed = made.Select((label, i) => sizes[i] >= 0
            ? ops.Integer(checked((int)sizes[i]))
            : left.Order.Contains(label) ? ops.Dimension(first, left.Order.IndexOf(label)) : ops.Dimension(second, Right.IndexOf(label)));
        return ops.Op("Reshape", [product, ops.PackShape([.. packed])], TfAttribute.Type("Tshape", TfType.Int32));
    }
}
