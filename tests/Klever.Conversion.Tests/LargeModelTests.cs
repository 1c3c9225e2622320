using Klever.Conversion.Tests.MXNet;
using Klever.Formats.Protobuf;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests;

/// <summary>Weights are copied from where they stand: what a conversion holds does not grow with the model.</summary>
public sealed class LargeModelTests
{
    private const int Rows = 4096;
    private const long WeightBytes = (long)Rows * Rows * sizeof(float);
    private const long HeldBytes = 8 * 1024 * 1024;

    [Theory]
    [InlineData("NetDef")]
    [InlineData("ONNX")]
    public void Convert_OfALargeCaffeModel_HoldsLittleOfIt(string to)
    {
        using var directory = new TemporaryDirectory();
        directory.Write(
            "source/model/net.prototxt",
            $"input: 'x' input_shape {{ dim: 1 dim: {Rows} }} layer {{ name: 'y' type: 'InnerProduct' bottom: 'x' top: 'y' "
            + $"inner_product_param {{ num_output: {Rows} bias_term: false }} }}");
        directory.Write("source/model/net.caffemodel", new ProtobufWriter()
            .Message(100, layer => layer.Text(1, "y").Text(2, "InnerProduct").Message(7, blob => blob
                .Bytes(5, new byte[WeightBytes])
                .Message(7, shape => shape.Packed(1, [Rows, Rows]))))
            .Written);

        AssertHoldsLittle(directory, ModelFormat.CaffeModel, ModelFormat.Parse(to));
    }

    [Fact]
    public void Convert_OfALargeMXNetModel_HoldsLittleOfIt()
    {
        using var directory = new TemporaryDirectory();
        var symbol = new TestSymbol($"input x 1,{Rows}\nweight w {Rows},{Rows}\ny = FullyConnected(x, w) num_hidden={Rows} no_bias=True");
        directory.Write("source/model/net-symbol.json", symbol.ToJson());
        directory.Write("source/model/net-0000.params", ParamsBytes.Of(symbol.Weights));

        AssertHoldsLittle(directory, ModelFormat.MXNetParams, ModelFormat.Onnx);
    }

    private static void AssertHoldsLittle(TemporaryDirectory directory, ModelFormat from, ModelFormat to)
    {
        Directory.CreateDirectory(directory.Combine("target"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        ModelConverters.Get(from, to).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
            Inputs = [new Tensor { Name = "x", DType = "float32", Size = [1, Rows] }],
        });

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, HeldBytes);
        var written = new DirectoryInfo(directory.Combine("target")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.True(written > WeightBytes, $"{written} bytes hold no weights");
    }
}
