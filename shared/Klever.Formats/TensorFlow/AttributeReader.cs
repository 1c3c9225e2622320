using Klever.Formats.Protobuf;

namespace Klever.Formats.TensorFlow;

/// <summary>Reads an AttrValue (attr_value.proto).</summary>
internal static class AttributeReader
{
    /// <summary>Texts and lists that matter to shapes are short; longer ones are passed over.</summary>
    private const int MaximumLength = 1024;

    /// <returns>Null for what says nothing of types and shapes: functions, numbers with a fraction, long
    /// texts.</returns>
    public static AttributeValue? Read(ProtobufReader reader)
    {
        AttributeValue? value = null;
        foreach (var field in reader.EnterMessage("value"))
        {
            value = field switch
            {
                1 => ReadList(reader),
                2 => OfContent(ReadText(reader)),
                3 or 5 or 6 => new AttributeValue(reader.ReadInt64("number"), Content: null),
                7 => OfContent(new AttributeShapes([TensorShapeReader.Read(reader, "shape")])),
                8 => OfContent(ConstantTensorReader.Read(reader)),
                _ => value,
            };
        }

        return value;
    }

    private static AttributeValue? OfContent(object? content) =>
        content is null ? null : new AttributeValue(Number: null, content);

    private static string? ReadText(ProtobufReader reader) =>
        reader.FieldLength <= MaximumLength ? reader.ReadRecurringName("s") : null;

    // ListValue
    private static AttributeValue? ReadList(ProtobufReader reader)
    {
        var numbers = new List<long>();
        var shapes = new List<IReadOnlyList<long>?>();
        foreach (var field in reader.EnterMessage("list"))
        {
            switch (field)
            {
                case 3 or 5 or 6:
                    reader.TryReadRepeatedInt64("numbers", numbers, MaximumLength);
                    break;
                case 7 when shapes.Count < MaximumLength:
                    shapes.Add(TensorShapeReader.Read(reader, "shape"));
                    break;
            }
        }

        reader.Hold((numbers.Count + shapes.Count) * sizeof(long));
        return OfContent(shapes.Count > 0 ? new AttributeShapes(shapes) : numbers);
    }
}
