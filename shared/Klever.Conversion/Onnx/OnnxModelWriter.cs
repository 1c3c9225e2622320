using Klever.Formats.Protobuf;

namespace Klever.Conversion.Onnx;

/// <summary>Writes a ModelProto front to back. Lengths stand before what they measure, so all is measured first and
/// weights are copied as their turn comes: memory does not grow with them.</summary>
internal static class OnnxModelWriter
{
    /// <summary>Bytes of a protobuf message at most; ONNX inherits it.</summary>
    public const long MaximumSize = int.MaxValue;

    private const string FileName = "model.onnx";
    private const int BufferSize = 1024 * 1024;
    private const string Producer = "klever";

    // The IR version that came with each operator set, as far as it matters to old runtimes.
    private static readonly (int Opset, int IrVersion)[] IrVersions =
        [(8, 3), (9, 4), (10, 5), (11, 6), (14, 7), (18, 8)];

    /// <summary>Writes <c>model.onnx</c>, whole or not at all.</summary>
    /// <exception cref="ConversionException">It would be larger than <see cref="MaximumSize"/>, or a weight is not what it
    /// says.</exception>
    public static void Write(OnnxGraphBuilder graph, ConversionRequest request, ConversionIssues issues)
    {
        var pieces = Build(graph);
        var size = pieces.Sum(piece => piece.Head.Length + (piece.Content?.Length ?? 0));
        if (size > MaximumSize)
        {
            throw issues.Error(new ConversionIssue(
                ConversionProblem.TooLarge, $"{FileName} would have {size} bytes, and an ONNX file holds at most {MaximumSize}"));
        }

        request.Progress?.Report($"writing {FileName} of {size} bytes, opset {graph.Opset}");
        var path = request.TargetFile(FileName);
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize);
            Write(pieces, file);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static void Write(List<(byte[] Head, TensorContent? Content)> pieces, Stream stream)
    {
        foreach (var (head, content) in pieces)
        {
            stream.Write(head);
            content?.WriteTo(stream);
        }
    }

    // Bytes of structure, each with the weights that follow them.
    private static List<(byte[] Head, TensorContent? Content)> Build(OnnxGraphBuilder graph)
    {
        var pieces = new List<(byte[] Head, TensorContent? Content)> { (GraphHead(graph), null) };
        pieces.AddRange(graph.TakenInitializers.Select(tensor => (InitializerHead(tensor), (TensorContent?)tensor.Content)));
        pieces.Add((GraphTail(graph), null));

        var length = pieces.Sum(piece => piece.Head.Length + (piece.Content?.Length ?? 0));
        pieces.Insert(0, (ModelHead(graph, length), null));
        pieces.Add(
            (new ProtobufWriter().Message(8, opset => opset.Text(1, "").Varint(2, graph.Opset)).ToArray(), null));
        return pieces;
    }

    private static byte[] ModelHead(OnnxGraphBuilder graph, long graphLength) => new ProtobufWriter()
        .Varint(1, IrVersion(graph.Opset))
        .Text(2, Producer)
        .Header(7, graphLength)
        .ToArray();

    private static int IrVersion(int opset) =>
        Array.Find(IrVersions, pair => opset <= pair.Opset) is { IrVersion: > 0 } known ? known.IrVersion : 9;

    private static byte[] GraphHead(OnnxGraphBuilder graph) =>
        [.. graph.Nodes, .. new ProtobufWriter().Text(2, graph.Name).Written];

    // TensorProto up to its raw_data, which comes last.
    private static byte[] InitializerHead(OnnxTensor tensor)
    {
        var head = new ProtobufWriter()
            .Packed(1, tensor.Size)
            .Varint(2, (long)tensor.Type)
            .Text(8, tensor.Name)
            .Header(9, tensor.Content.Length)
            .ToArray();
        return [.. new ProtobufWriter().Header(5, head.Length + tensor.Content.Length).Written, .. head];
    }

    private static byte[] GraphTail(OnnxGraphBuilder graph)
    {
        var tail = new ProtobufWriter();
        graph.Inputs.ForEach(input => tail.Message(11, value => Value(value, input)));
        graph.Outputs.ForEach(output => tail.Message(12, value => Value(value, output)));
        return tail.ToArray();
    }

    private static void Value(ProtobufWriter message, OnnxValue value) => message
        .Text(1, value.Name)
        .Message(2, type => type.Message(1, tensor =>
        {
            tensor.Varint(1, (long)value.Type);
            if (value.Size is { } size)
            {
                tensor.Message(2, shape => Dimensions(shape, value.Name, size));
            }
        }));

    // Only the first dimension of tensors is the same everywhere, the batch; other open ones get symbols of their own.
    private static void Dimensions(ProtobufWriter shape, string name, IReadOnlyList<long> size)
    {
        for (var axis = 0; axis < size.Count; axis++)
        {
            var (length, symbol) = (size[axis], axis == 0 ? "N" : $"{name}_{axis}");
            shape.Message(1, dimension => _ = length < 0 ? dimension.Text(2, symbol) : dimension.Varint(1, length));
        }
    }
}
