using Klever.Formats.Protobuf;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>An attribute of an ONNX node (<c>AttributeProto</c>).</summary>
internal sealed class OnnxAttribute
{
    private const int FloatType = 1;
    private const int IntType = 2;
    private const int TextType = 3;
    private const int IntsType = 7;

    private OnnxAttribute(string name, Action<ProtobufWriter> write) =>
        Write = writer => write(writer.Text(1, name));

    public Action<ProtobufWriter> Write { get; }

    public static OnnxAttribute Of(string name, long value) => new(name, writer => writer.Varint(3, value).Varint(20, IntType));

    public static OnnxAttribute Of(string name, double value) =>
        new(name, writer => writer.Float(2, (float)value).Varint(20, FloatType));

    public static OnnxAttribute Of(string name, string value) => new(name, writer => writer.Text(4, value).Varint(20, TextType));

    public static OnnxAttribute Of(string name, IEnumerable<long> values) =>
        new(name, writer =>
        {
            foreach (var value in values)
            {
                writer.Varint(8, value);
            }

            writer.Varint(20, IntsType);
        });
}
