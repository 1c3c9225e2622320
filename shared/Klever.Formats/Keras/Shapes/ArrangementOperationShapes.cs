using Klever.Formats.Keras.Operations;
using Klever.Formats.Shapes;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Functions that move elements.</summary>
internal static class ArrangementOperationShapes
{
    public static IEnumerable<KeyValuePair<string, OperationShapeRule>> Rules { get; } =
    [
        new("reshape", Reshape),
        new("expanddims", ExpandDims),
        new("squeeze", call => Dimensions.One(call.Size(0) is { } size && call.Operation.Squeezed(size) is { } axes
            ? [.. size.Where((_, axis) => !axes.Contains(axis))]
            : null)),
        new("transpose", Transpose), new("permutedimensions", Transpose), new("swapaxes", Transpose), new("moveaxis", Transpose),
        new("concat", Concat), new("concatenate", Concat), new("concatv2", Concat),
        new("stack", Stack), new("pack", Stack),
        new("unstack", Unstack), new("unpack", Unstack),
        new("split", Split), new("splitv", Split),
        new("getitem", Slice), new("stridedslice", Slice), new("slice", Slice),
        new("tile", Tile), new("repeat", Repeat),
        new("pad", Pad), new("padv2", Pad), new("mirrorpad", Pad),
        new("gather", Gather), new("gatherv2", Gather), new("take", Gather),
        new("shape", call => Dimensions.One(call.Size(0) is { } size ? [size.Count] : null)),
        new("where", Where), new("select", Where), new("selectv2", Where),
        new("onehot", OneHot),
        new("addn", Sum),
        new("range", call => Dimensions.One([OperationRanges.Length(call.Operation)])),
        new("fill", Filled), new("ones", Filled), new("zeros", Filled),
        new("broadcastto", call => Dimensions.One(call.Operation.Shape())),
        new("maxpool", Pool), new("maxpool2d", Pool), new("avgpool", Pool), new("avgpool2d", Pool), new("averagepool", Pool),
        new("resize", Resize), new("resizebilinear", Resize), new("resizenearestneighbor", Resize), new("resizebicubic", Resize),
        new("depthtospace", DepthToSpace), new("spacetodepth", SpaceToDepth),
    ];

    private static IReadOnlyList<IReadOnlyList<long>?> Reshape(OperationSizes call)
    {
        if (call.Operation.Shape() is not { } target)
        {
            return Dimensions.Nothing;
        }

        long[] size = [.. target.Select(length => Math.Max(-1, length))];
        if (size.Count(length => length < 0) == 1 && call.Size(0) is { } input)
        {
            var free = Array.IndexOf(size, -1);
            var (whole, given) = (OperationSizes.Product(input), OperationSizes.Product(size.Where((_, i) => i != free)));
            size[free] = whole >= 0 && given > 0 && whole % given == 0 ? whole / given : Window.Unknown;
        }

        return Dimensions.One(size);
    }

    private static IReadOnlyList<IReadOnlyList<long>?> ExpandDims(OperationSizes call) =>
        call.Size(0) is { } size && call.Operation.Axis(size.Count + 1, otherwise: -1) is { } axis
            ? Dimensions.One([.. size.Take(axis), 1, .. size.Skip(axis)])
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Transpose(OperationSizes call) =>
        call.Size(0) is { } size && call.Operation.Permutation(size.Count) is { } order
            ? Dimensions.One([.. order.Select(axis => size[axis])])
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Concat(OperationSizes call)
    {
        var sizes = call.Operation.Tensors().Select(call.Size).ToList();
        var rank = sizes.Count == 0 ? 0 : sizes[0]?.Count ?? 0;
        if (sizes.Exists(size => size is null || size.Count != rank)
            || call.Operation.Axis(rank, otherwise: call.Operation.Name == "concatenate" ? -1 : 0, call.Operation.Positional.Count - 1) is not { } axis)
        {
            return Dimensions.Nothing;
        }

        return Dimensions.One([.. Enumerable.Range(0, rank).Select(i => i == axis
            ? (sizes.Exists(size => size![i] is < 0 or > int.MaxValue) ? Window.Unknown : sizes.Sum(size => size![i]))
            : sizes.Max(size => size![i]))]);
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Stack(OperationSizes call)
    {
        var tensors = call.Operation.Tensors();
        return tensors.Count > 0 && call.Size(tensors[0]) is { } size && call.Operation.Axis(size.Count + 1, otherwise: 0) is { } axis
            ? Dimensions.One([.. size.Take(axis), tensors.Count, .. size.Skip(axis)])
            : Dimensions.Nothing;
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Unstack(OperationSizes call) =>
        call.Size(0) is { } size && call.Operation.Axis(size.Count, otherwise: 0, position: 2) is { } axis && size[axis] is > 0 and < 10_000 and { } count
            ? [.. Enumerable.Repeat<IReadOnlyList<long>>([.. size.Where((_, i) => i != axis)], (int)count)]
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Split(OperationSizes call) =>
        OperationParts.Of(call) is { } parts
            ? [.. parts.Lengths.Select(length => (IReadOnlyList<long>)[.. parts.Size.Select((whole, axis) => axis == parts.Axis ? length : whole)])]
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Slice(OperationSizes call) =>
        call.Size(0) is { } size && SliceSpecification.Of(call.Operation) is { } entries
            ? Dimensions.One(SliceSpecification.Size(entries, size))
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Tile(OperationSizes call) =>
        call.Size(0) is { } size && call.Operation.Find(1, "multiples", "repeats")?.Integers is { } times && times.Count == size.Count
            ? Dimensions.One([.. size.Zip(times, Dimensions.Times)])
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Repeat(OperationSizes call) =>
        call.Size(0) is { } size && call.Operation.Find(1, "repeats", "rep")?.Integer is { } times
            && call.Operation.Axis(size.Count, otherwise: -9, position: 2) is { } axis
            ? Dimensions.One([.. size.Select((length, i) => i == axis ? Dimensions.Times(length, times) : length)])
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Pad(OperationSizes call) =>
        call.Size(0) is { } size && call.Operation.Find(1, "paddings", "pad_width") is { Items: { } borders } && borders.Count == size.Count
            && borders.All(border => border.Integers is { Count: 2 })
            ? Dimensions.One([.. size.Zip(borders, (length, border) => Dimensions.Plus(length, border.Integers![0] + border.Integers[1]))])
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Gather(OperationSizes call)
    {
        var otherwise = call.Operation.Name == "take" ? -99 : 0;
        return call.Size(0) is { } size && call.Size(1, "indices") is { } indices
            && call.Operation.Axis(size.Count, otherwise, position: 2) is { } axis
            && call.Operation.Find(-1, "batch_dims")?.Integer is null or 0
            ? Dimensions.One([.. size.Take(axis), .. indices, .. size.Skip(axis + 1)])
            : Dimensions.Nothing;
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Where(OperationSizes call) => Dimensions.One(OperationSizes.Stretched(
        call.Size(0), OperationSizes.Stretched(call.Size(1, "x", "x1"), call.Size(2, "y", "x2"))));

    private static IReadOnlyList<IReadOnlyList<long>?> OneHot(OperationSizes call) =>
        call.Size(0) is { } size && call.Operation.Find(1, "depth", "num_classes")?.Integer is { } depth
            && call.Operation.Axis(size.Count + 1, otherwise: -1, position: 4) == size.Count
            ? Dimensions.One([.. size, depth])
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Sum(OperationSizes call) => Dimensions.One(
        call.Operation.Tensors().Select(call.Size).Aggregate(OperationSizes.Stretched));

    private static IReadOnlyList<IReadOnlyList<long>?> Filled(OperationSizes call) =>
        Dimensions.One(call.Operation.Positional is [var shape, ..] ? OperationArguments.Shape(shape) : null);

    private static IReadOnlyList<IReadOnlyList<long>?> Resize(OperationSizes call) =>
        call.Size(0) is { Count: 4 } size && call.Operation.Find(1, "size")?.Integers is { Count: 2 } target
            ? Dimensions.One([size[0], .. target, size[3]])
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> DepthToSpace(OperationSizes call) =>
        call.Size(0) is { Count: 4 } size && call.Operation.Find(1, "block_size")?.Integer is > 0 and < 1000 and { } block
            ? Dimensions.One(
                [size[0], Dimensions.Times(size[1], block), Dimensions.Times(size[2], block), size[3] < 0 ? -1 : size[3] / (block * block)])
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> SpaceToDepth(OperationSizes call) =>
        call.Size(0) is { Count: 4 } size && call.Operation.Find(1, "block_size")?.Integer is > 0 and < 1000 and { } block
            ? Dimensions.One([size[0], size[1] < 0 ? -1 : size[1] / block, size[2] < 0 ? -1 : size[2] / block, Dimensions.Times(size[3], block * block)])
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> Pool(OperationSizes call)
    {
        if (call.Size(0) is not { Count: 4 } size || call.Operation.Window() is not { } window)
        {
            return Dimensions.Nothing;
        }

        return Dimensions.One([size[0], Slide(0), Slide(1), size[3]]);

        long Slide(int axis) =>
            ConvolutionShapes.Slide(size[axis + 1], window.Size[axis], window.Strides[axis], dilation: 1, window.IsSame ? "same" : "valid");
    }
}
