using Klever.Conversion.Onnx;
using Klever.Formats.NetDef;
using Klever.Formats.Shapes;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Turns fill operators into initializers.</summary>
internal static class NetWeights
{
    private static readonly Dictionary<string, OnnxElementType> Given = new(StringComparer.Ordinal)
    {
        ["GivenTensorFill"] = OnnxElementType.Float32,
        ["GivenTensorDoubleFill"] = OnnxElementType.Float64,
        ["GivenTensorBoolFill"] = OnnxElementType.Boolean,
        ["GivenTensorInt16Fill"] = OnnxElementType.Int16,
        ["GivenTensorIntFill"] = OnnxElementType.Int32,
        ["GivenTensorInt64Fill"] = OnnxElementType.Int64,
        ["GivenTensorByteStringToUInt8Fill"] = OnnxElementType.UInt8,
    };

    /// <summary>Whether an operator makes weights of its arguments alone.</summary>
    public static bool IsFill(NetOperator operation) =>
        operation.Inputs.Count == 0 && (Given.ContainsKey(operation.Type) || operation.Type == "ConstantFill");

    /// <returns>Null when something stands against it, which was added to the issues.</returns>
    public static OnnxTensor? Read(NetFile file, NetOperator operation, ConversionIssues issues)
    {
        var name = operation.Outputs[0];
        var size = operation.Integers("shape");
        var count = Window.Product(size);
        if (count < 0)
        {
            issues.Add(new ConversionIssue(
                ConversionProblem.CorruptFile, "its shape is not one of a tensor", name, operation.Type));
            return null;
        }

        if (operation.Type == "ConstantFill")
        {
            return Constant(operation, name, size, count, issues);
        }

        if (!operation.Arguments.TryGetValue("values", out var values))
        {
            issues.Add(new ConversionIssue(ConversionProblem.MissingWeight, "it has no values", name, operation.Type));
            return null;
        }

        var type = Given[operation.Type];
        return new OnnxTensor(name, type, size, NetValues.Content(file, values, type, count, detail =>
            issues.Error(new ConversionIssue(ConversionProblem.WeightShapeMismatch, detail, name, operation.Type))));
    }

    private static OnnxTensor? Constant(
        NetOperator operation, string name, IReadOnlyList<long> size, long count, ConversionIssues issues)
    {
        var type = FillOperators.TypeName(operation.Integer("dtype", otherwise: 1)) is { } dType
            ? OnnxElementTypeNames.Find(dType)
            : null;
        if (type is null or OnnxElementType.Text or OnnxElementType.Float16)
        {
            issues.UnsupportedAttribute(name, operation.Type, $"dtype {operation.Integer("dtype")} is not supported");
            return null;
        }

        var argument = operation.Arguments.GetValueOrDefault("value");
        var content = type switch
        {
            OnnxElementType.Float32 => Repeat(count, BitConverter.GetBytes(argument?.Number ?? argument?.Integer ?? 0)),
            OnnxElementType.Float64 =>
                Repeat(count, BitConverter.GetBytes((double)(argument?.Number ?? argument?.Integer ?? 0))),
            _ => Repeat(
                count, BitConverter.GetBytes(argument?.Integer ?? (long)(argument?.Number ?? 0))[..type.Value.Width()]),
        };
        return new OnnxTensor(name, type.Value, size, content);
    }

    private static TensorContent Repeat(long count, byte[] element) => new(count * element.Length, stream =>
    {
        for (var i = 0L; i < count; i++)
        {
            stream.Write(element);
        }
    });
}
