using Klever.Formats.Protobuf;
using Klever.Formats.TensorFlow;

namespace Klever.Formats.SavedModel;

/// <summary>Reads a TensorInfo (meta_graph.proto). A sparse or composite tensor is several tensors of the graph: it has
/// a type, no size.</summary>
internal static class TensorInfoReader
{
    public static TensorInfo Read(ProtobufReader reader, string message)
    {
        string? type = null;
        IReadOnlyList<long>? size = null;
        var names = new List<string>();
        var isOneTensor = true;
        foreach (var field in reader.EnterMessage(message))
        {
            switch (field)
            {
                case 1:
                    names.Add(reader.ReadName("name"));
                    break;
                case 2:
                    type = TensorFlowTypes.Name(reader.ReadInt64("dtype")) ?? type;
                    break;
                case 3:
                    size = TensorShapeReader.Read(reader, "tensor_shape");
                    break;
                case 4:
                    isOneTensor = false;
                    ReadSparse(reader, names);
                    break;
                case 5:
                    isOneTensor = false;
                    type ??= ReadComposite(reader, names);
                    break;
            }
        }

        return new TensorInfo(type, isOneTensor ? size : null, names);
    }

    // CooSparse: the names of three tensors, of values, indices and dense shape.
    private static void ReadSparse(ProtobufReader reader, List<string> names)
    {
        foreach (var field in reader.EnterMessage("coo_sparse"))
        {
            if (field is >= 1 and <= 3)
            {
                names.Add(reader.ReadName("coo_sparse"));
            }
        }
    }

    // CompositeTensor: its components are TensorInfos; a ragged or sparse tensor has the type of its values, which come
    // first.
    private static string? ReadComposite(ProtobufReader reader, List<string> names)
    {
        string? type = null;
        foreach (var field in reader.EnterMessage("composite_tensor"))
        {
            if (field == 2)
            {
                var component = Read(reader, "components");
                type ??= component.DType;
                names.AddRange(component.GraphTensors);
            }
        }

        return type;
    }
}
