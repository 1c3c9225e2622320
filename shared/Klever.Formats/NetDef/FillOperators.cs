using Klever.Formats.Shapes;

namespace Klever.Formats.NetDef;

/// <summary>Operators that make a blob of an argument: what an init net consists of.</summary>
internal static class FillOperators
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["GivenTensorFill"] = "float32",
        ["GivenTensorDoubleFill"] = "float64",
        ["GivenTensorBoolFill"] = "bool",
        ["GivenTensorInt16Fill"] = "int16",
        ["GivenTensorIntFill"] = "int32",
        ["GivenTensorInt64Fill"] = "int64",
        ["GivenTensorStringFill"] = "string",
        ["GivenTensorByteStringToUInt8Fill"] = "uint8",
        ["Int8GivenTensorFill"] = "uint8",
        ["Int8GivenIntTensorFill"] = "int32",
        ["Fp16ConstantFill"] = "float16",
        ["XavierFill"] = "float32",
        ["MSRAFill"] = "float32",
        ["GaussianFill"] = "float32",
        ["UniformFill"] = "float32",
        ["UniformIntFill"] = "int32",
        ["DiagonalFill"] = "float32",
        ["RangeFill"] = "float32",
    };

    /// <summary>Names of the operators, ConstantFill included.</summary>
    public static IEnumerable<string> Names => Types.Keys.Append("ConstantFill");

    /// <summary>TensorProto.DataType of Caffe2.</summary>
    public static string? TypeName(long number) => number switch
    {
        1 => "float32",
        2 => "int32",
        3 => "uint8",
        4 => "string",
        5 => "bool",
        6 => "uint8",
        7 => "int8",
        8 => "uint16",
        9 => "int16",
        10 => "int64",
        12 => "float16",
        13 => "float64",
        _ => null,
    };

    /// <summary>The same by its name, in upper or lower case.</summary>
    public static string? TypeName(string name) => name.ToUpperInvariant() switch
    {
        "FLOAT" => "float32",
        "DOUBLE" => "float64",
        "INT32" => "int32",
        "INT64" => "int64",
        "INT16" => "int16",
        "INT8" => "int8",
        "UINT8" or "BYTE" => "uint8",
        "UINT16" => "uint16",
        "BOOL" => "bool",
        "STRING" => "string",
        "FLOAT16" => "float16",
        _ => null,
    };

    /// <summary>What the operator gives.</summary>
    /// <param name="input">Its input, from which it may take the shape.</param>
    public static Blob Apply(NetOperator operation, TensorFact input)
    {
        var type = Types.GetValueOrDefault(operation.Type) ?? TypeName(operation.Integer("dtype", otherwise: 1));
        if (operation.Inputs.Count > 0 && !operation.Has("shape"))
        {
            var isShape = operation.Integer("input_as_shape") != 0;
            return new Blob(type, new TensorFact(isShape ? input.Elements : input.Size));
        }

        var size = operation.Integers("shape");
        var values = operation.Integers("values");
        return new Blob(type, new TensorFact(
            [.. size.Select(length => length < 0 ? Dimension.Unknown : length)],
            values.Count > 0 && values.Count == Window.Product(size) ? values : null));
    }
}
