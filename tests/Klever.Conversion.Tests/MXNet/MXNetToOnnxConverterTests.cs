using Klever.Formats;
using Klever.Models;
using Klever.Samples;
using Klever.Testing;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = Klever.Models.Tensor;

namespace Klever.Conversion.Tests.MXNet;

public class MXNetToOnnxConverterTests
{
    private const string Classifier =
        """
        input data 2,6
        weight fc_weight 3,6
        weight fc_bias 3
        fc = FullyConnected(data, fc_weight, fc_bias) num_hidden=3
        label softmax_label
        softmax = SoftmaxOutput(fc, softmax_label)
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Parameters_OfEveryVersion_AreTaken(int version)
    {
        MXNetComparison.AssertSame(new TestSymbol(Classifier), opset: null, version);
    }

    [Theory]
    [InlineData("param", null)]
    [InlineData("attr", 1100)]
    [InlineData("attrs", 10900)]
    public void Symbols_OfEveryEra_AreTaken(string attributesKey, int? version)
    {
        MXNetComparison.AssertSame(new TestSymbol(Classifier, attributesKey), symbolVersion: version);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(15)]
    [InlineData(17)]
    public void Opsets_AreWhatWasAskedFor(int opset)
    {
        MXNetComparison.AssertSame(new TestSymbol(Classifier), opset);
    }

    [Fact]
    public void Result_HasTheNamesOfTheSymbol_AndAFreeBatch()
    {
        using var directory = new TemporaryDirectory();
        var symbol = new TestSymbol(Classifier);

        MXNetComparison.Convert(directory, symbol, ParamsBytes.Of(symbol.Weights));

        var signature = SignatureExtractor.FromDirectory(directory.Combine("target"), ModelFormat.Onnx, Signature.Empty).Signature;
        Assert.Equal([new Tensor { Name = "data", DType = "float32", Size = [-1, 6] }], signature.Inputs);
        Assert.Equal([new Tensor { Name = "softmax", DType = "float32", Size = [-1, 3] }], signature.Outputs);
        Assert.Equal(["Gemm", "Softmax"], signature.Layers.Select(layer => layer.Type));
    }

    [Fact]
    public void Sample_IsConverted()
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.MXNetParams, directory.Combine("source"));
        Directory.CreateDirectory(directory.Combine("target"));

        ModelConverters.Get(ModelFormat.MXNetParams, ModelFormat.Onnx).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
            Inputs = [new Tensor { Name = "image", Size = [1, 1, 8, 8] }],
        });

        var signature = SignatureExtractor.FromDirectory(directory.Combine("target"), ModelFormat.Onnx, Signature.Empty).Signature;
        Assert.Equal([new Tensor { Name = "data", DType = "float32", Size = [-1, 1, 8, 8] }], signature.Inputs);
    }

    [Fact]
    public void UnsupportedOperations_AreRefusedTogether_AndNothingIsWritten()
    {
        var symbol = new TestSymbol(
            """
            input x 2,3,8,8
            a = Custom(x) op_type=mine
            b = Activation(x) act_type=swish
            c = _contrib_PSROIPooling(a, b) pooled_size=2 output_dim=3
            d = transpose(c) axes=(0,2,1,3)
            """);

        var exception = MXNetComparison.AssertRefused(symbol);

        Assert.Equal(
            "layer \"a\" of type Custom is not supported by MXNetParams to ONNX; "
            + "layer \"c\" of type _contrib_PSROIPooling is not supported by MXNetParams to ONNX; "
            + "layer \"b\" of type Activation: act_type = swish is not supported",
            exception.Message);
    }

    [Theory]
    [InlineData("Convolution(x, w4_3_3_3) kernel=(3,3) num_filter=4 no_bias=True layout=NHWC", "layout = NHWC is not supported")]
    [InlineData("Pooling(x) kernel=(1,1) stride=(3,3) pooling_convention=full", "pooling_convention = full with these sizes is not supported")]
    [InlineData("Dropout(x) mode=always", "mode = always is not supported")]
    [InlineData("UpSampling(x) scale=2 sample_type=cubic", "sample_type = cubic is not supported")]
    [InlineData("Convolution(x, w4_3_3_3) kernel=big no_bias=True", "attribute kernel takes whole numbers, not \"big\"")]
    public void Attribute_ThatHasNoCounterpart_IsRefused(string operation, string problem)
    {
        var symbol = new TestSymbol($"input x 2,3,8,8\nweight w4_3_3_3 4,3,3,3\ny = {operation}");

        Assert.EndsWith(problem, MXNetComparison.AssertRefused(symbol).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weight_ThatIsMissing_IsNamed()
    {
        var symbol = new TestSymbol(Classifier);
        symbol.Variables.Remove("fc_bias");

        var exception = MXNetComparison.AssertRefused(symbol);

        Assert.Equal("MXNetParams to ONNX: \"fc_bias\": the parameters do not hold this variable", exception.Message);
        Assert.Equal(ConversionProblem.MissingWeight, exception.Problem);
    }

    [Fact]
    public void Weights_OfHalfPrecision_StaySo()
    {
        using var directory = new TemporaryDirectory();
        var symbol = new TestSymbol(Classifier);

        MXNetComparison.Convert(directory, symbol, ParamsBytes.Of(symbol.Weights, isHalf: true), declaredType: null);

        using var session = new InferenceSession(directory.Combine("target", "model", "model.onnx"));
        var x = symbol.Variables["data"];
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(
            "data", new DenseTensor<Float16>(x.Elements.Select(value => (Float16)value).ToArray(), x.Size))]);
        var expected = MXNetComparison.Evaluate(symbol)[0].Elements;
        var actual = results[0].AsTensor<Float16>().ToArray();
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, (float)pair.Second, tolerance: 2e-3f));
    }

    [Fact]
    public void Weights_PassThroughWithoutBeingHeld()
    {
        const int Rows = 4096;
        const int Columns = 4096;
        using var directory = new TemporaryDirectory();
        var symbol = new TestSymbol(
            "input x 1,4096\nweight w_weight 1,1\ny = FullyConnected(x, w_weight) num_hidden=4096 no_bias=True");
        WriteZeros(directory.Write("source/model/net-0000.params", []), Rows, Columns);
        directory.Write("source/model/net-symbol.json", symbol.ToJson());
        Directory.CreateDirectory(directory.Combine("target"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        ModelConverters.Get(ModelFormat.MXNetParams, ModelFormat.Onnx).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
            Inputs = [new Tensor { Name = "x", Size = [1, Columns] }],
        });

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
        Assert.InRange(new FileInfo(directory.Combine("target", "model", "model.onnx")).Length, 4L * Rows * Columns, 4L * Rows * Columns + 4096);
    }

    private static void WriteZeros(string path, long rows, long columns)
    {
        using var writer = new BinaryWriter(File.Create(path));
        ulong[] list = [0x112, 0, 1];
        Array.ForEach(list, writer.Write);
        uint[] array = [0xF993FAC9, 0, 2];
        Array.ForEach(array, writer.Write);
        writer.Write(rows);
        writer.Write(columns);
        writer.Write(new byte[12]);
        writer.Seek((int)(4 * rows * columns), SeekOrigin.Current);
        writer.Write(1UL);
        writer.Write(12UL);
        writer.Write("arg:w_weight"u8);
    }

    [Fact]
    public void ParametersOfSaveParameters_AreRefused()
    {
        using var directory = new TemporaryDirectory();
        var symbol = new TestSymbol(Classifier);
        var parameters = ParamsBytes.Of(symbol.Weights.Select(weight => KeyValuePair.Create("0." + weight.Key, weight.Value)));

        var exception = Assert.Throws<ConversionException>(() => MXNetComparison.Convert(directory, symbol, parameters));

        Assert.Equal(ConversionProblem.MissingWeight, exception.Problem);
    }

    [Fact]
    public void Parameters_CutAnywhere_GiveATypedErrorAndNoFile()
    {
        var symbol = new TestSymbol(Classifier);
        var parameters = ParamsBytes.Of(symbol.Weights);
        for (var length = 0; length < parameters.Length; length += 7)
        {
            using var directory = new TemporaryDirectory();

            Assert.Throws<ModelReadException>(() => MXNetComparison.Convert(directory, symbol, parameters[..length]));

            Assert.Empty(Directory.GetFileSystemEntries(directory.Combine("target")));
        }
    }

    [Fact]
    public void Opset_OutOfRange_IsRefused()
    {
        Assert.Equal(
            ConversionProblem.UnsupportedVersion, MXNetComparison.AssertRefused(new TestSymbol(Classifier), opset: 9).Problem);
    }
}
