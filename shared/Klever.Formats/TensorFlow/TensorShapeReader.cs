using Klever.Formats.Protobuf;

namespace Klever.Formats.TensorFlow;

/// <summary>Reads a TensorShapeProto (tensor_shape.proto).</summary>
internal static class TensorShapeReader
{
    private const long Unknown = -1;

    /// <returns>Null when the rank is unknown; empty for a scalar.</returns>
    public static IReadOnlyList<long>? Read(ProtobufReader reader, string message)
    {
        var dimensions = new List<long>();
        var isUnknownRank = false;
        foreach (var field in reader.EnterMessage(message))
        {
            switch (field)
            {
                case 2 when dimensions.Count == reader.Limits.MaximumRank:
                    throw reader.LimitExceeded($"a tensor has more than {reader.Limits.MaximumRank} dimensions");
                case 2:
                    dimensions.Add(ReadDimension(reader));
                    break;
                case 3:
                    isUnknownRank = reader.ReadBool("unknown_rank");
                    break;
            }
        }

        reader.Hold(dimensions.Count * sizeof(long));
        return isUnknownRank ? null : dimensions;
    }

    private static long ReadDimension(ProtobufReader reader)
    {
        var size = 0L;
        foreach (var field in reader.EnterMessage("dim"))
        {
            if (field == 1)
            {
                size = Math.Max(Unknown, reader.ReadInt64("size"));
            }
        }

        return size;
    }
}
