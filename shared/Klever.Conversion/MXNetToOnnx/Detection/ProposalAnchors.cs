namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>The boxes from which proposals are made: at each place of the features, row by row, one for each ratio and
/// scale.</summary>
/// <param name="Kinds">Widths and heights.</param>
internal sealed record ProposalAnchors(
    double Stride, long Height, long Width, IReadOnlyList<(double X, double Y)> Kinds)
{
    private const double DefaultStride = 16;

    public int Shapes => Kinds.Count;

    public long Count => Height * Width * Shapes;

    /// <summary>The row of features of each anchor.</summary>
    public IEnumerable<double> Rows => Each().Select(anchor => (double)anchor.Row);

    public IEnumerable<double> Columns => Each().Select(anchor => (double)anchor.Column);

    /// <summary>x and y of the middle of each anchor.</summary>
    public IEnumerable<double> Centers =>
        Each().SelectMany(anchor => new[] { Center(anchor.Column), Center(anchor.Row) });

    /// <summary>Width and height of each anchor.</summary>
    public IEnumerable<double> Sizes => Each().SelectMany(anchor => new[] { anchor.Kind.X, anchor.Kind.Y });

    public static ProposalAnchors Read(NodeConversion node)
    {
        var stride = node.Attributes.Number("feature_stride", DefaultStride);
        var ratios = node.Attributes.Numbers("ratios") ?? [0.5, 1, 2];
        var scales = node.Attributes.Numbers("scales") ?? [4, 8, 16, 32];
        List<(double X, double Y)> kinds =
            [.. ratios.SelectMany(ratio => scales.Select(scale => Kind(stride, ratio, scale)))];
        var (height, width) = (node.Dimension(2), node.Dimension(3));
        TypedConstants.Count(height, width, kinds.Count, 4);
        return node.Dimension(1) == 2L * kinds.Count && node.DType() == "float32"
            ? new ProposalAnchors(stride, height, width, kinds)
            : throw new Refusal(
                $"there are {node.Dimension(1)} scores for {kinds.Count} anchors; each needs two of type float32");
    }

    private static (double X, double Y) Kind(double stride, double ratio, double scale)
    {
        var width = Math.Floor(Math.Sqrt(Math.Floor(stride * stride / ratio)) + 0.5);
        return (width * scale, Math.Floor((width * ratio) + 0.5) * scale);
    }

    private double Center(int place) => (0.5 * (Stride - 1)) + (place * Stride);

    private IEnumerable<(int Row, int Column, (double X, double Y) Kind)> Each() =>
        from row in Enumerable.Range(0, (int)Height)
        from column in Enumerable.Range(0, (int)Width)
        from kind in Kinds
        select (row, column, kind);
}
