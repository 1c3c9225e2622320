using Klever.Formats.Protobuf;

namespace Klever.Conversion.Onnx;

/// <summary>An attribute of a node (onnx.proto3, AttributeProto).</summary>
internal sealed class OnnxAttribute
{
    private const int FloatType = 1;
    private const int IntegerType = 2;
    private const int TextType = 3;
    private const int FloatsType = 6;
    private const int IntegersType = 7;
    private const int TextsType = 8;

    private readonly Action<ProtobufWriter> _write;

    private OnnxAttribute(string name, int type, Action<ProtobufWriter> value) =>
        _write = attribute =>
        {
            attribute.Text(1, name);
            value(attribute);
            attribute.Varint(20, type);
        };

    public static OnnxAttribute Of(string name, long value) =>
        new(name, IntegerType, attribute => attribute.Varint(3, value));

    public static OnnxAttribute Of(string name, float value) =>
        new(name, FloatType, attribute => attribute.Float(2, value));

    public static OnnxAttribute Of(string name, string value) =>
        new(name, TextType, attribute => attribute.Text(4, value));

    public static OnnxAttribute Of(string name, IEnumerable<long> values) =>
        new(name, IntegersType, attribute => attribute.Packed(8, values));

    public static OnnxAttribute Of(string name, IEnumerable<float> values) => new(name, FloatsType, attribute =>
    {
        foreach (var value in values)
        {
            attribute.Float(7, value);
        }
    });

    public static OnnxAttribute Of(string name, IEnumerable<string> values) => new(name, TextsType, attribute =>
    {
        foreach (var value in values)
        {
            attribute.Text(9, value);
        }
    });

    public void Write(ProtobufWriter attribute) => _write(attribute);
}
