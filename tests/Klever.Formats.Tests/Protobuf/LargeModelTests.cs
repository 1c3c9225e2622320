using Klever.Formats.Protobuf;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.Protobuf;

/// <summary>Weights of a gigabyte pass by: reading allocates no more than it does for a small model.</summary>
[Trait("Category", "Large")]
public sealed class LargeModelTests
{
    private const long Gigabyte = 1L << 30;
    private const long MaximumBytes = 4 * 1024 * 1024;

    [Fact]
    public void Extract_OfAnOnnxModelWithAGigabyteOfWeights_TakesLittleMemory()
    {
        var signature = Extract(ModelFormat.Onnx, "net.onnx", Around(
            Gigabyte,
            new Level(
                7,
                Before: new ProtobufWriter().Message(1, node => node.Text(4, "Gemm")),
                After: new ProtobufWriter().Message(11, input => input.Text(1, "x"))),
            new Level(5, Before: new ProtobufWriter().Text(8, "w")),
            new Level(9)));

        Assert.Equal([new("Gemm", 1)], signature.Layers);
        Assert.Equal("x", Assert.Single(signature.Inputs).Name);
    }

    [Fact]
    public void Extract_OfASavedModelWithAGigabyteOfConstants_TakesLittleMemory()
    {
        var signature = Extract(ModelFormat.SavedModel, "saved_model.pb", Around(
            Gigabyte, [new Level(2), new Level(2), .. ConstantNode]));

        Assert.Equal([new("Const", 1)], signature.Layers);
    }

    [Fact]
    public void Extract_OfAGraphDefWithAGigabyteOfConstants_TakesLittleMemory()
    {
        var signature = Extract(ModelFormat.GraphDef, "net.graphdef", Around(Gigabyte, ConstantNode));

        Assert.Equal([new("Const", 1)], signature.Layers);
    }

    [Fact]
    public void Extract_OfANetWithAGigabyteOfValues_TakesLittleMemory()
    {
        var init = Around(
            Gigabyte,
            new Level(2, Before: new ProtobufWriter().Text(2, "w").Text(4, "GivenTensorFill")),
            new Level(5, Before: new ProtobufWriter().Text(1, "values")),
            new Level(5));
        var predict = SampleModels.Files(ModelFormat.NetDef)["predict_net.pb"];

        var extractor = new SignatureExtractor(ModelFormat.NetDef, Signature.Empty);
        var before = GC.GetAllocatedBytesForCurrentThread();
        extractor.Accept("model/init_net.pb", init.Size, init);
        extractor.Accept("model/predict_net.pb", predict.Length, new MemoryStream(predict));

        Assert.Equal("prob", Assert.Single(extractor.Complete().Signature.Outputs).Name);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaximumBytes);
    }

    // node -> attr -> value -> tensor -> tensor_content
    private static Level[] ConstantNode =>
    [
        new(1, Before: new ProtobufWriter().Text(1, "weights").Text(2, "Const")),
        new(5, Before: new ProtobufWriter().Text(1, "value")),
        new(2),
        new(8, Before: new ProtobufWriter().Varint(1, 1)),
        new(4),
    ];

    private static Signature Extract(ModelFormat format, string path, SparseStream model)
    {
        var extractor = new SignatureExtractor(format, Signature.Empty);
        var before = GC.GetAllocatedBytesForCurrentThread();
        extractor.Accept($"model/{path}", model.Size, model);
        var signature = extractor.Complete().Signature;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaximumBytes);
        return signature;
    }

    // Messages in messages, with zeros in the innermost field.
    private static SparseStream Around(long zeros, params Level[] levels)
    {
        var heads = new List<byte[]>();
        var tails = new List<byte[]>();
        var length = zeros;
        foreach (var level in levels.Reverse())
        {
            // The last level is the field of zeros itself; the others are messages around what was built so far.
            var before = level.Before?.ToArray() ?? [];
            var after = level.After?.ToArray() ?? [];
            length += before.Length + after.Length;
            byte[] header = [.. Varint((level.Field << 3) | 2), .. Varint(length)];
            heads.Insert(0, [.. header, .. before]);
            tails.Add(after);
            length += header.Length;
        }

        var stream = new SparseStream();
        heads.ForEach(head => stream.Append(head));
        stream.AppendZeros(zeros);
        tails.ForEach(tail => stream.Append(tail));
        return stream;
    }

    private static byte[] Varint(long value) => new ProtobufWriter().Varint(1, value).ToArray()[1..];

    /// <summary>A field that holds the next level, with other fields before and after that.</summary>
    private sealed record Level(long Field, ProtobufWriter? Before = null, ProtobufWriter? After = null);
}
