namespace Klever.Formats.Keras.Operations;

/// <summary>The element type that a function gives, where it is another than that in which it computes.</summary>
internal static class OperationTypes
{
    private static readonly HashSet<string> Conditions =
    [
        "all", "any", "eq", "equal", "greater", "greaterequal", "less", "lessequal", "logicaland", "logicalnot", "logicalor", "ne", "notequal", "reduceall",
        "reduceany",
    ];

    /// <summary>Functions that give integers (and booleans) as they got them.</summary>
    private static readonly HashSet<string> Keeping =
    [
        "abs", "absolute", "add", "addn", "addv2", "amax", "amin", "broadcastto", "clip", "clipbyvalue", "concat", "concatenate",
        "concatv2", "cumsum", "depthtospace", "ensureshape", "expanddims", "flip", "floordiv", "floordivide", "floormod", "gather",
        "gatherv2", "getitem", "identity", "max", "maximum", "min", "minimum", "mod", "moveaxis", "mul", "multiply", "neg", "negative",
        "oneslike", "pack", "pad", "padv2", "permutedimensions", "prod", "reducemax", "reducemin", "reduceprod", "reducesum", "relu",
        "repeat", "reshape", "reverse", "reversev2", "select", "selectv2", "sign", "slice", "spacetodepth", "split", "splitv", "square",
        "squareddifference", "squeeze", "stack", "stopgradient", "stridedslice", "sub", "subtract", "sum", "swapaxes", "take", "tile",
        "transpose", "unpack", "unstack", "where", "zeroslike",
    ];

    public static bool Keeps(string name) => Keeping.Contains(name);

    /// <summary>The name of numpy; null for a real number of the layer's own precision.</summary>
    public static string? Of(KerasOperation operation, IReadOnlyList<KerasValue> inputs)
    {
        var name = operation.Name;
        if (Conditions.Contains(name))
        {
            return "bool";
        }

        switch (name)
        {
            case "cast":
                return operation.Type(1, "dtype", "DstT");
            case "onehot":
                return operation.Type(-1, "dtype", "T");
            case "fill":
                return null;
            case "ones" or "zeros":
                return operation.Type(1, "dtype");
            case "range":
                return operation.Type(3, "dtype") ?? "int32";
            case "shape":
                return operation.Type(-1, "out_type") ?? "int32";
            case "argmax" or "argmin":
                return operation.Type(-1, "output_type") ?? "int64";
        }

        var values = inputs.Where((_, i) => i > 0 || name is not ("where" or "select" or "selectv2") || inputs.Count < 2)
            .Select(input => input.DType).ToList();
        return Keeping.Contains(name) && values.Count > 0 && !KerasDType.IsFloat(values[0])
            && (values.TrueForAll(type => type == values[0]) || name is "gather" or "gatherv2" or "take" or "reshape" or "getitem")
            ? values[0]
            : null;
    }
}
