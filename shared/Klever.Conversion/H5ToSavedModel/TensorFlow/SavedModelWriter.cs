using Klever.Formats.Protobuf;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>Writes <c>saved_model.pb</c> and, in the form with variables, the tensor bundle beside it. No other
/// <c>.pb</c> is written: what serves the model expects exactly one.</summary>
internal static class SavedModelWriter
{
    /// <summary>Bytes of weights up to which they are constants of the graph; a protobuf file ends at 2 GiB.</summary>
    public const long MaximumConstantBytes = 1L << 30;

    private const string TensorFlowVersion = "1.15.0";
    private const int Producer = 134;
    private const int MinimumConsumer = 12;

    /// <param name="usesVariables">Null decides by the size of the weights.</param>
    public static void Write(
        TfSavedModel model, string directory, bool? usesVariables, long maximumConstantBytes = MaximumConstantBytes)
    {
        Directory.CreateDirectory(directory);
        var hasVariables = (usesVariables ?? false) || model.WeightBytes > maximumConstantBytes;
        var form = hasVariables ? TfVariables.Of(model.Nodes) : null;
        using (var file = File.Create(Path.Combine(directory, "saved_model.pb")))
        {
            WriteGraph(file, form?.Nodes ?? model.Nodes, model.Functions, Tail(model, form));
        }

        if (form is not null)
        {
            TensorBundleWriter.Write(directory, form.Variables);
        }
    }

    // SavedModel{1: version, 2: MetaGraphDef{1: meta info, 2: GraphDef, …}}; lengths are summed up before the elements
    // are streamed.
    private static void WriteGraph(
        FileStream file, IReadOnlyList<TfNode> nodes, IReadOnlyList<TfFunction> functions, byte[] tail)
    {
        var heads = nodes.Select(TfGraphBytes.Head).ToList();
        var lengths = nodes.Select((node, i) => heads[i].Length + (node.Value?.ByteLength ?? 0)).ToList();
        var graphTail = GraphTail(functions);
        var graphLength = graphTail.Length + lengths.Sum(length => TfGraphBytes.Header(1, length).Length + length);
        var info = new ProtobufWriter()
            .Message(1, meta => meta.Text(4, "serve").Text(5, TensorFlowVersion).Bool(7, value: true))
            .ToArray();
        var graphHeader = TfGraphBytes.Header(2, graphLength);
        var metaLength = info.Length + graphHeader.Length + graphLength + tail.Length;

        file.Write([0x08, 0x01, .. TfGraphBytes.Header(2, metaLength), .. info, .. graphHeader]);
        for (var i = 0; i < nodes.Count; i++)
        {
            file.Write([.. TfGraphBytes.Header(1, lengths[i]), .. heads[i]]);
            nodes[i].Value?.WriteTo(file);
        }

        file.Write([.. graphTail, .. tail]);
    }

    private static byte[] GraphTail(IReadOnlyList<TfFunction> functions)
    {
        var tail = new ProtobufWriter();
        if (functions.Count > 0)
        {
            tail.Message(2, library => functions.ToList().ForEach(
                function => library.Bytes(1, TfFunctionBytes.Write(function))));
        }

        return tail.Message(4, versions => versions.Varint(1, Producer).Varint(2, MinimumConsumer)).ToArray();
    }

    private static byte[] Tail(TfSavedModel model, TfVariables? form)
    {
        var tail = new ProtobufWriter();
        form?.WriteSaver(tail);
        return tail.Message(5, entry => entry.Text(1, "serving_default").Message(2, signature =>
        {
            model.Inputs.ToList().ForEach(input => WriteTensor(signature, 1, input));
            model.Outputs.ToList().ForEach(output => WriteTensor(signature, 2, output));
            signature.Text(3, "tensorflow/serving/predict");
        })).ToArray();
    }

    private static void WriteTensor(ProtobufWriter signature, int field, TfSignatureTensor tensor) =>
        signature.Message(field, entry => entry.Text(1, tensor.Key).Message(2, info => info
            .Text(1, tensor.Tensor)
            .Varint(2, (int)tensor.Type)
            .Message(3, shape => TfAttribute.WriteShape(shape, tensor.Shape))));
}
