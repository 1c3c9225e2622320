using System.Runtime.InteropServices;
using System.Text;
using Klever.Formats.Protobuf;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>An attribute of a node, as the bytes of its <c>AttrValue</c>.</summary>
internal sealed record TfAttribute(string Name, byte[] Value)
{
    public static TfAttribute Type(string name, TfType type) => Create(name, value => value.Varint(6, (int)type));

    public static TfAttribute Integer(string name, long number) => Create(name, value => value.Varint(3, number));

    public static TfAttribute Real(string name, float number) => Create(name, value => value.Float(4, number));

    public static TfAttribute Flag(string name, bool flag) => Create(name, value => value.Bool(5, flag));

    public static TfAttribute Text(string name, string text) =>
        Create(name, value => value.Bytes(2, Encoding.UTF8.GetBytes(text)));

    public static TfAttribute Integers(string name, IEnumerable<long> numbers) =>
        Create(name, value => value.Message(1, list => list.Packed(3, numbers)));

    public static TfAttribute Reals(string name, IEnumerable<float> numbers) =>
        Create(name, value => value.Message(1, list => list.Bytes(4, MemoryMarshal.AsBytes<float>([.. numbers]).ToArray())));

    public static TfAttribute Types(string name, IEnumerable<TfType> types) =>
        Create(name, value => value.Message(1, list => list.Packed(6, types.Select(type => (long)type))));

    public static TfAttribute Shape(string name, IReadOnlyList<long>? shape) =>
        Create(name, value => value.Message(7, message => WriteShape(message, shape)));

    public static TfAttribute Shapes(string name, IEnumerable<IReadOnlyList<long>?> shapes) =>
        Create(name, value => value.Message(1, list =>
    {
        foreach (var shape in shapes)
        {
            list.Message(7, message => WriteShape(message, shape));
        }
    }));

    public static TfAttribute Function(string name, string function) =>
        Create(name, value => value.Message(10, message => message.Text(1, function)));

    /// <summary>The value of a Const of text: a list, or a scalar when there is no shape.</summary>
    public static TfAttribute TextTensor(IReadOnlyList<string> texts, IReadOnlyList<long> shape) =>
        Create("value", value => value.Message(8, tensor =>
        {
            tensor.Varint(1, (int)TfType.Text).Message(2, message => WriteShape(message, shape));
            texts.ToList().ForEach(text => tensor.Text(8, text));
        }));

    /// <summary>A <c>TensorShapeProto</c>; null is an unknown rank.</summary>
    public static void WriteShape(ProtobufWriter message, IReadOnlyList<long>? shape)
    {
        if (shape is null)
        {
            message.Bool(3, value: true);
            return;
        }

        foreach (var size in shape)
        {
            message.Message(2, dimension => dimension.Varint(1, size));
        }
    }

    private static TfAttribute Create(string name, Action<ProtobufWriter> write)
    {
        var value = new ProtobufWriter();
        write(value);
        return new TfAttribute(name, value.ToArray());
    }
}
