namespace Klever.Formats.TorchScript;

/// <summary>Names of types: from torch's to numpy's.</summary>
internal static class TorchTypes
{
    /// <summary>The element type of a storage class; null for one without a numpy name.</summary>
    public static string? OfStorage(string storage) => storage switch
    {
        "FloatStorage" => "float32",
        "DoubleStorage" => "float64",
        "HalfStorage" => "float16",
        "BFloat16Storage" => "bfloat16",
        "LongStorage" => "int64",
        "IntStorage" => "int32",
        "ShortStorage" => "int16",
        "CharStorage" => "int8",
        "ByteStorage" => "uint8",
        "BoolStorage" => "bool",
        "ComplexFloatStorage" => "complex64",
        "ComplexDoubleStorage" => "complex128",
        "QInt8Storage" => "qint8",
        "QUInt8Storage" => "quint8",
        "QInt32Storage" => "qint32",
        _ => null,
    };

    /// <summary>The numpy type of a plain number or text in code; null for everything else, tensors above all: the code says
    /// <c>Tensor</c> and nothing of what is in it.</summary>
    public static string? OfScalar(string type) => type switch
    {
        "int" => "int64",
        "float" => "float64",
        "bool" => "bool",
        "str" => "string",
        "complex" => "complex128",
        _ => ScriptText.Arguments(type, "Optional") is [var inner] ? OfScalar(inner) : null,
    };
}
