namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>Adds operations on tensors of one type below one scope. Attributes that equal their default are left out: an
/// older TensorFlow refuses those that it does not know.</summary>
internal sealed class TfOps(TfGraph graph, string scope, TfType type = TfType.Float)
{
    private readonly TfAttribute _type = TfAttribute.Type("T", type);
    private static readonly TfAttribute Int32 = TfAttribute.Type("T", TfType.Int32);
    private static readonly TfAttribute IndexInt32 = TfAttribute.Type("Tidx", TfType.Int32);

    private readonly Dictionary<string, string> _constants = [];

    public TfGraph Graph => graph;

    public string Scope => scope;

    public TfType Type => type;

    /// <summary>An operation whose only type attribute is <c>T</c>.</summary>
    public string Op(string op, IReadOnlyList<string> inputs, params IReadOnlyList<TfAttribute> attributes) =>
        Typed(op, inputs, [_type, .. attributes]);

    public string Typed(string op, IReadOnlyList<string> inputs, params IReadOnlyList<TfAttribute> attributes) =>
        graph.Add($"{scope}/{op}", op, inputs, attributes);

    public string Number(float value) =>
        Constant($"f{BitConverter.SingleToInt32Bits(value)}", "value", () => TfTensor.Of([], [value]));

    public string Integer(int value) => Constant($"i{value}", "index", () => TfTensor.Of([], [value]));

    /// <summary>Zero, of the type of these operations.</summary>
    public string Zero() => type switch
    {
        TfType.Int64 => Constant("zero64", "index", () => TfTensor.Of([], [0L])),
        TfType.Int32 => Integer(0),
        _ => Number(0),
    };

    public string Integers(params IReadOnlyList<long> values) =>
        Constant($"l{string.Join(',', values)}", "list", () => TfTensor.Of([values.Count],
            [.. values.Select(v => checked((int)v))]));

    public string Tensor(string name, TfTensor value) => graph.AddConst($"{scope}/{name}", value);

    public string Add(string left, string right) => Op("AddV2", [left, right]);

    public string Sub(string left, string right) => Op("Sub", [left, right]);

    public string Mul(string left, string right) => Op("Mul", [left, right]);

    public string MatMul(string left, string right) => Op("MatMul", [left, right]);

    public string BiasAdd(string value, string? bias) => bias is null ? value : Op("BiasAdd", [value, bias]);

    public string Identity(string name, string value) => graph.Add(name, "Identity", [value], _type);

    /// <summary>The same place in the graph for tensors of another type.</summary>
    public TfOps Of(TfType other) => new(graph, scope, other);

    public string Select(string condition, string left, string right) => Op("SelectV2", [condition, left, right]);

    public string Both(string left, string right) => Typed("LogicalAnd", [left, right]);

    public string Either(string left, string right) => Typed("LogicalOr", [left, right]);

    /// <summary>Whether all (or any) booleans along axes are true.</summary>
    public string Truth(string op, string value, IReadOnlyList<long> axes, bool keepsDimensions = false) => Typed(
        op, [value, Integers(axes)], [IndexInt32, .. keepsDimensions ? [TfAttribute.Flag("keep_dims", flag: true)] : (TfAttribute[])[]]);

    public string Reduce(string op, string value, IReadOnlyList<long> axes, bool keepsDimensions) => Op(
        op, [value, Integers(axes)], [IndexInt32, .. keepsDimensions ? [TfAttribute.Flag("keep_dims", flag: true)] : (
            TfAttribute[])[]]);

    public string Transpose(string value, params IReadOnlyList<long> order) =>
        Op("Transpose", [value, Integers(order)], TfAttribute.Type("Tperm", TfType.Int32));

    public string Concat(IReadOnlyList<string> values, int axis) => values.Count == 1
        ? values[0]
        : Op("ConcatV2", [.. values, Integer(axis)], TfAttribute.Integer("N", values.Count), IndexInt32);

    /// <summary>Parts of equal size along an axis.</summary>
    public IReadOnlyList<string> Split(string value, int axis, int count)
    {
        var node = Op("Split", [Integer(axis), value], TfAttribute.Integer("num_split", count));
        return [.. Enumerable.Range(0, count).Select(i => i == 0 ? node : $"{node}:{i}")];
    }

    public string ExpandDims(string value, int axis, TfType? other = null) => Typed(
        "ExpandDims", [value, Integer(axis)], TfAttribute.Type("T", other ?? type), TfAttribute.Type("Tdim", TfType.Int32));

    public string Squeeze(string value, int axis) =>
        Op("Squeeze", [value], TfAttribute.Integers("squeeze_dims", [axis]));

    /// <param name="fill">What stands in the borders, when it is not zero.</param>
    /// <param name="mode">REFLECT or SYMMETRIC for borders that mirror.</param>
    public string Pad(string value, IReadOnlyList<(long Before, long After)> borders, string? fill = null, string? mode = null)
    {
        var paddings = Tensor("paddings", TfTensor.Of(
            [borders.Count, 2], [.. borders.SelectMany(b => new[] { checked((int)b.Before), checked((int)b.After) })]));
        var index = TfAttribute.Type("Tpaddings", TfType.Int32);
        return mode is not null
            ? Op("MirrorPad", [value, paddings], index, TfAttribute.Text("mode", mode))
            : fill is null ? Op("Pad", [value, paddings], index) : Op("PadV2", [value, paddings, fill], index);
    }

    /// <summary>The part of a tensor between begin and end; an end of 0 is the end of the axis, a negative one counts
    /// from there.</summary>
    public string Slice(
        string value, IReadOnlyList<long> begin, IReadOnlyList<long> end, bool isShape = false, bool dropsFirst = false)
    {
        var endMask = end.Select((position, axis) => position == 0 ? 1L << axis : 0).Sum();
        TfAttribute[] masks = endMask == 0 ? [] : [TfAttribute.Integer("end_mask", endMask)];
        TfAttribute[] shrink = dropsFirst ? [TfAttribute.Integer("shrink_axis_mask", 1)] : [];
        string[] inputs = [value, Integers(begin), Integers(end), Integers([.. begin.Select(_ => 1L)])];
        return Typed("StridedSlice", inputs, [isShape ? Int32 : _type, TfAttribute.Type(
            "Index", TfType.Int32), .. masks, .. shrink]);
    }

    public string Shape(string value) => Op("Shape", [value]);

    /// <summary>One dimension of a tensor, as a scalar.</summary>
    public string Dimension(string shape, int axis) =>
        Slice(shape, [axis], [axis + 1], isShape: true, dropsFirst: true);

    public string PackShape(IReadOnlyList<string> dimensions) =>
        Typed("Pack", dimensions, Int32, TfAttribute.Integer("N", dimensions.Count));

    public string Int32Op(string op, params IReadOnlyList<string> inputs) => Typed(op, inputs, Int32);

    /// <summary>Reshapes to dimensions of which one may be unknown; for more, <see cref="ReshapeLike"/>.</summary>
    public string Reshape(string value, params IReadOnlyList<long> shape) =>
        Op("Reshape", [value, Integers(shape)], TfAttribute.Type("Tshape", TfType.Int32));

    /// <summary>Reshapes what follows the batch, where one dimension may be -1.</summary>
    public string ReshapeKeepingBatch(string value, long batch, IReadOnlyList<long> rest)
    {
        if (batch >= 0 || !rest.Contains(-1))
        {
            return Reshape(value, [batch, .. rest]);
        }

        var packed = PackShape([Dimension(Shape(value), 0), .. rest.Select(size => Integer(checked((int)size)))]);
        return Op("Reshape", [value, packed], TfAttribute.Type("Tshape", TfType.Int32));
    }

    /// <summary>Reshapes; each dimension is given, or taken from that axis of <paramref name="source"/>.</summary>
    public string ReshapeLike(string value, string source, params IReadOnlyList<(long Size, int Axis)> dimensions) =>
        ReshapeLike(value, source, type, dimensions);

    public string ReshapeLike(
        string value, string source, TfType sourceType, IReadOnlyList<(long Size, int Axis)> dimensions)
    {
        if (dimensions.Count(dimension => dimension.Size < 0) <= 1)
        {
            return Reshape(value, [.. dimensions.Select(dimension => dimension.Size)]);
        }

        var shape = Of(sourceType).Shape(source);
        var packed = PackShape(
            [.. dimensions.Select(d => d.Size >= 0 ? Integer(checked((int)d.Size)) : Dimension(shape, d.Axis))]);
        return Op("Reshape", [value, packed], TfAttribute.Type("Tshape", TfType.Int32));
    }

    public string Cast(string value, TfType from, TfType to) =>
        Typed("Cast", [value], TfAttribute.Type("SrcT", from), TfAttribute.Type("DstT", to));

    /// <summary>The tensor itself when it has the type of these operations.</summary>
    public string Reverse(string value, params IReadOnlyList<long> axes) =>
        Op("ReverseV2", [value, Integers(axes)], TfAttribute.Type("Tidx", TfType.Int32));

    public string CastTo(string value, TfType from) => from == type ? value : Cast(value, from, type);

    private string Constant(string key, string name, Func<TfTensor> create)
    {
        if (!_constants.TryGetValue(key, out var found))
        {
            found = Tensor(name, create());
            _constants.Add(key, found);
        }

        return found;
    }
}
