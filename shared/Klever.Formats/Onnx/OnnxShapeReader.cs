using Klever.Formats.Protobuf;

namespace Klever.Formats.Onnx;

/// <summary>Reads a TensorShapeProto.</summary>
internal static class OnnxShapeReader
{
    private const long Unknown = -1;

    public static IReadOnlyList<long> Read(ProtobufReader reader)
    {
        var dimensions = new List<long>();
        using (reader.EnterMessage("shape"))
        {
            while (reader.NextField())
            {
                if (reader.Field != 1)
                {
                    reader.Skip();
                    continue;
                }

                if (dimensions.Count == reader.Limits.MaximumRank)
                {
                    throw reader.LimitExceeded($"a tensor has more than {reader.Limits.MaximumRank} dimensions");
                }

                dimensions.Add(ReadDimension(reader));
            }
        }

        return dimensions;
    }

    // Dimension is a oneof of dim_value = 1 and dim_param = 2 (a symbol); with neither it is unknown.
    private static long ReadDimension(ProtobufReader reader)
    {
        var size = Unknown;
        using (reader.EnterMessage("dim"))
        {
            while (reader.NextField())
            {
                if (reader.Field == 1)
                {
                    size = Math.Max(Unknown, reader.ReadInt64("dim_value"));
                    continue;
                }

                size = reader.Field == 2 ? Unknown : size;
                reader.Skip();
            }
        }

        return size;
    }
}
