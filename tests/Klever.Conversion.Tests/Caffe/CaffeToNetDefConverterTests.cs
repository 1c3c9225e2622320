using System.Text;
using Klever.Formats;
using Klever.Formats.Protobuf;
using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Conversion.Tests.Caffe;

public class CaffeToNetDefConverterTests
{
    private const string Image = "input: \"x\" input_shape { dim: 1 dim: 2 dim: 4 dim: 4 }\n";

    [Fact]
    public void Sample_IsConverted_WithItsSignature()
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.CaffeModel, directory.Combine("source"));

        Convert(directory);

        var signature = SignatureExtractor.FromDirectory(directory.Combine("target"), ModelFormat.NetDef, Signature.Empty).Signature;
        Assert.Equal(["data"], signature.Inputs.Select(input => input.Name));
        Assert.Equal(["prob"], signature.Outputs.Select(output => output.Name));
        Assert.Equal(["Conv", "Relu", "MaxPool", "FC", "Softmax"], signature.Layers.Select(layer => layer.Type));
        Assert.True(File.Exists(directory.Combine("target", "model", "predict_net.pbtxt")));
    }

    [Fact]
    public void LayersInPlace_WriteBlobsAndWeightsOfTheirOwn()
    {
        using var directory = new TemporaryDirectory();
        new GoldenCase("resnet").Convert(directory);

        var text = File.ReadAllText(directory.Combine("netdef", "model", "predict_net.pbtxt"));
        var outputs = text.Split('\n').Where(line => line.StartsWith("  output:", StringComparison.Ordinal)).ToList();

        Assert.Equal(outputs.Distinct(), outputs);
        Assert.Contains("external_output: \"innerproduct", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FormerLayers_AreConverted()
    {
        var prototxt =
            Image + "layers { name: 'c' type: CONVOLUTION bottom: 'x' top: 'c' convolution_param { num_output: 3 kernel_size: 2 } }";
        var model = new ProtobufWriter().Message(2, layer => layer.Text(4, "c").Varint(5, 4)
            .Message(6, blob => Blob(blob.Varint(1, 3).Varint(2, 2).Varint(3, 2).Varint(4, 2), 24))
            .Message(6, blob => Blob(blob.Varint(1, 1).Varint(2, 1).Varint(3, 1).Varint(4, 3), 3)));
        using var directory = Write(prototxt, model.ToArray());

        Convert(directory);

        var blobs = NetFiles.ReadInit(directory.Combine("target", "model", "init_net.pb"));
        Assert.Equal([3, 2, 2, 2], blobs["c_w"].Size);
        Assert.Equal([0, 1, 2], blobs["c_b"].Data);
    }

    [Fact]
    public void UnsupportedLayers_AreRefusedTogether_AndNothingIsWritten()
    {
        using var directory = Write(
            Image
            + "layer { name: 'roi' type: 'ROIPooling' bottom: 'x' bottom: 'x' top: 'r' }\n"
            + "layer { name: 'n' type: 'LRN' bottom: 'x' top: 'n' lrn_param { norm_region: WITHIN_CHANNEL } }\n"
            + "layer { name: 'p' type: 'Python' bottom: 'r' top: 'p' }");

        var exception = Assert.Throws<ConversionException>(() => Convert(directory));

        Assert.Equal(
            "layer \"roi\" of type ROIPooling is not supported by CaffeModel to NetDef; "
            + "layer \"p\" of type Python is not supported by CaffeModel to NetDef; "
            + "layer \"n\" of type LRN: norm_region = WITHIN_CHANNEL is not supported",
            exception.Message);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Combine("target")));
    }

    [Theory]
    [InlineData("layer { name: 'c' type: 'Convolution' bottom: 'x' top: 'c' convolution_param { num_output: 3 kernel_size: 2 } }", ConversionProblem.MissingWeight)]
    [InlineData("layer { name: 'a' type: 'Convolution' bottom: 'x' top: 'c' convolution_param { num_output: 3 kernel_size: 2 } }", ConversionProblem.WeightShapeMismatch)]
    [InlineData("layer { name: 'd' type: 'Deconvolution' bottom: 'x' top: 'd' convolution_param { num_output: 3 kernel_size: 2 dilation: 2 } }", ConversionProblem.UnsupportedAttribute)]
    [InlineData("layer { name: 'p' type: 'Pooling' bottom: 'x' top: 'p' pooling_param { pool: AVE kernel_size: 3 stride: 2 pad: 1 } }", ConversionProblem.UnsupportedAttribute)]
    [InlineData("layer { name: 'p' type: 'Pooling' bottom: 'x' top: 'p' pooling_param { pool: STOCHASTIC kernel_size: 3 } }", ConversionProblem.UnsupportedAttribute)]
    public void Layer_ThatCannotBeConverted_SaysWhy(string layer, ConversionProblem problem)
    {
        var model = new ProtobufWriter().Message(100, message => message.Text(1, "a").Text(2, "Convolution")
            .Message(7, blob => Blob(blob.Message(7, shape => shape.Packed(1, [5])), 5)));
        using var directory = Write(Image + layer, model.ToArray());

        var exception = Assert.Throws<ConversionException>(() => Convert(directory));

        Assert.Equal(problem, exception.Problem);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Combine("target")));
    }

    [Fact]
    public void CaffeModel_CutAnywhere_GivesATypedErrorOrAWholeResult()
    {
        var files = SampleModels.Files(ModelFormat.CaffeModel);
        var whole = files["classifier.caffemodel"];
        for (var length = 0; length < whole.Length; length += 13)
        {
            using var directory = Write(Encoding.UTF8.GetString(files["classifier.prototxt"]), whole[..length]);
            try
            {
                Convert(directory);
            }
            catch (Exception exception) when (exception is ModelReadException or ConversionException)
            {
                Assert.Empty(Directory.GetFileSystemEntries(directory.Combine("target")));
            }
        }
    }

    [Fact]
    public void Blob_OfImpossibleSize_IsRefused()
    {
        var model = new ProtobufWriter().Message(100, message => message.Text(1, "a").Text(2, "Convolution")
            .Message(7, blob => Blob(blob.Message(7, shape => shape.Packed(1, [long.MaxValue, long.MaxValue])), 5)));
        using var directory = Write(Image + "layer { name: 'a' type: 'ReLU' bottom: 'x' top: 'y' }", model.ToArray());

        Assert.Contains(
            "a blob of size [9223372036854775807, 9223372036854775807] has 5 values",
            Assert.Throws<ModelReadException>(() => Convert(directory)).Message,
            StringComparison.Ordinal);
    }

    private static void Blob(ProtobufWriter blob, int count) =>
        blob.Bytes(5, [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((float)i))]);

    private static TemporaryDirectory Write(string prototxt, byte[]? caffeModel = null)
    {
        var directory = new TemporaryDirectory();
        directory.Write("source/model/net.prototxt", prototxt);
        directory.Write("source/model/net.caffemodel", caffeModel ?? new ProtobufWriter().Message(100, layer => layer.Text(1, "x")).ToArray());
        return directory;
    }

    private static void Convert(TemporaryDirectory directory)
    {
        Directory.CreateDirectory(directory.Combine("target"));
        ModelConverters.Get(ModelFormat.CaffeModel, ModelFormat.NetDef).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
        });
    }
}
