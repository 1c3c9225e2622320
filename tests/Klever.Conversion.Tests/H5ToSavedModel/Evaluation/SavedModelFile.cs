using System.Runtime.InteropServices;

namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>A <c>saved_model.pb</c> as it stands on disk.</summary>
internal sealed class SavedModelFile
{
    public SavedModelFile(string directory)
    {
        var model = new WireMessage(File.ReadAllBytes(Path.Combine(directory, "saved_model.pb")));
        Version = model.Integer(1);
        MetaGraph = model.Message(2);
        var graph = MetaGraph.Message(2);
        Nodes = [.. graph.Messages(1).Select(message => new Node(message))];
        Functions = graph.Has(2) ? graph.Message(2).Messages(1).ToDictionary(function => function.Message(1).Text(1)) : [];
        var signature = MetaGraph.Messages(5).Single(entry => entry.Text(1) == "serving_default").Message(2);
        Method = signature.Text(3);
        Inputs = signature.Messages(1).ToDictionary(entry => entry.Text(1), entry => entry.Message(2).Text(1));
        Outputs = signature.Messages(2).ToDictionary(entry => entry.Text(1), entry => entry.Message(2).Text(1));
    }

    public int Version { get; }

    public WireMessage MetaGraph { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public IReadOnlyDictionary<string, WireMessage> Functions { get; }

    public string Method { get; }

    /// <summary>Key to tensor.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; }

    public IReadOnlyDictionary<string, string> Outputs { get; }

    public static Value ReadTensor(WireMessage tensor)
    {
        int[] shape = [.. tensor.Message(2).Messages(2).Select(dimension => dimension.Integer(1))];
        return ReadElements(tensor.Integer(1), shape, tensor.Bytes(4).Span);
    }

    public static Value ReadElements(int type, int[] shape, ReadOnlySpan<byte> content)
    {
        const int Float = 1;
        const int Int32 = 3;
        const int Int64 = 9;
        double[] data = type switch
        {
            Float => [.. MemoryMarshal.Cast<byte, float>(content).ToArray().Select(number => (double)number)],
            Int32 => [.. MemoryMarshal.Cast<byte, int>(content).ToArray().Select(number => (double)number)],
            Int64 => [.. MemoryMarshal.Cast<byte, long>(content).ToArray().Select(number => (double)number)],
            _ => [],
        };
        return new Value(shape, data);
    }
}
