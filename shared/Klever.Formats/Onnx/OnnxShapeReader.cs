using Klever.Formats.Protobuf;

namespace Klever.Formats.Onnx;

/// <summary>Reads a TensorShapeProto.</summary>
internal static class OnnxShapeReader
{
    private const long Unknown = -1;

    public static IReadOnlyList<long> Read(ProtobufReader reader)
    {
        var dimensions = new List<long>();
        foreach (var field in reader.EnterMessage("shape"))
        {
            if (field == 1 && dimensions.Count == reader.Limits.MaximumRank)
            {
                throw reader.LimitExceeded($"a tensor has more than {reader.Limits.MaximumRank} dimensions");
            }

            if (field == 1)
            {
                dimensions.Add(ReadDimension(reader));
            }
        }

        return dimensions;
    }

    // Dimension is a oneof of dim_value = 1 and dim_param = 2 (a symbol); with neither it is unknown.
    private static long ReadDimension(ProtobufReader reader)
    {
        var size = Unknown;
        foreach (var field in reader.EnterMessage("dim"))
        {
            size = field switch
            {
                1 => Math.Max(Unknown, reader.ReadInt64("dim_value")),
                2 => Unknown,
                _ => size,
            };
        }

        return size;
    }
}
