using System.Runtime.InteropServices;
using Klever.Conversion.Tests.NetDefToOnnx;
using Klever.Conversion.Tests.Onnx;
using Klever.Formats;
using Klever.Formats.Caffe;
using Klever.Formats.Caffe.Shapes;
using Klever.Formats.Protobuf;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests.Caffe;

/// <summary>The prototxt files of published networks, with weights of the sizes that their layers need.</summary>
public sealed class RealNetworkTests
{
    private readonly Random _random = new(5);

    [Theory]
    [InlineData("bvlc_alexnet", new long[] { 10, 1000 })]
    [InlineData("bvlc_googlenet", new long[] { 10, 1000 })]
    [InlineData("bvlc_lenet", new long[] { 64, 10 })]
    [InlineData("mobilenet_v1", new long[] { 1, 1000, 1, 1 })]
    [InlineData("mobilenet_v2", new long[] { 1, 1000, 1, 1 })]
    [InlineData("open_nsfw", new long[] { 1, 2 })]
    [InlineData("squeezenet_v11", new long[] { 10, 1000, 1, 1 })]
    public void Convert_OfARealNetwork_RunsInOnnxRuntime(string name, long[] expected)
    {
        using var directory = new TemporaryDirectory();
        var prototxt = File.ReadAllBytes(
            Directory.GetFiles(SharedFolder.Require("corpus", "caffemodel", name, "model"), "*.prototxt").Single());
        var net = CaffeNet.Parse(prototxt, ReadLimits.Default);
        directory.Write("source/model/net.prototxt", prototxt);
        WriteWeights(net, directory);
        Directory.CreateDirectory(directory.Combine("target"));

        ModelConverters.Get(ModelFormat.CaffeModel, ModelFormat.Onnx).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
        });

        var input = net.Inputs[0];
        var output = OnnxRun.Run(
            directory.Combine("target", "model", "model.onnx"),
            new Dictionary<string, Values> { [input.Name] = Values.Random(seed: 3, input.Size!) });
        Assert.Equal(expected, output.Size);
        Assert.Equal(expected[0], output.Data.Sum(), tolerance: 1e-2);
    }

    [Fact]
    public void Convert_OfADetector_NamesEveryLayerThatStandsAgainstIt()
    {
        using var directory = new TemporaryDirectory();
        var source = SharedFolder.Require("corpus", "caffemodel", "mobilenet_ssd");

        var exception = Assert.Throws<ConversionException>(() =>
            ModelConverters.Get(ModelFormat.CaffeModel, ModelFormat.NetDef).Convert(
                new ConversionRequest { SourceDirectory = source, TargetDirectory = directory.Path }));

        Assert.Contains("layer \"detection_out\" of type DetectionOutput is not supported by CaffeModel to NetDef", exception.Message, StringComparison.Ordinal);
        Assert.Contains("layer \"conv17_2_mbox_priorbox\" of type PriorBox is not supported by CaffeModel to NetDef", exception.Message, StringComparison.Ordinal);
    }

    private void WriteWeights(CaffeNet net, TemporaryDirectory directory)
    {
        var shapes = net.Inputs.ToDictionary(input => input.Name, input => input.Size);
        var file = new ProtobufWriter();
        foreach (var layer in net.Layers.Where(layer => layer.Bottoms.Count > 0))
        {
            var bottoms = layer.Bottoms.Select(bottom => shapes.GetValueOrDefault(bottom)).ToList();
            var blobs = Blobs(layer, bottoms[0]!).ToList();
            file.Message(100, message =>
            {
                message.Text(1, layer.Name).Text(2, layer.Type);
                blobs.ForEach(blob => message.Message(7, content => content
                    .Bytes(5, Elements(layer, blob))
                    .Message(7, dimensions => dimensions.Packed(1, blob))));
            });
            foreach (var (top, size) in layer.Tops.Zip(CaffeShapes.Of(layer, bottoms)))
            {
                shapes[top] = size;
            }
        }

        directory.Write("source/model/net.caffemodel", file.Written);
    }

    private static IEnumerable<long[]> Blobs(CaffeLayer layer, long[] bottom)
    {
        var (convolution, product) = (layer.Parameters.Message("convolution_param"), layer.Parameters.Message("inner_product_param"));
        var filters = convolution.Integer("num_output") ?? product.Integer("num_output") ?? 0;
        return layer.Type switch
        {
            "Convolution" when convolution.Flag("bias_term") is false => [Kernel()],
            "Convolution" => [Kernel(), [filters]],
            "InnerProduct" => [[filters, bottom.Skip(1).Aggregate(1L, (a, b) => a * b)], [filters]],
            "BatchNorm" => [[bottom[1]], [bottom[1]], [1]],
            "Scale" => [[bottom[1]], [bottom[1]]],
            _ => [],
        };

        long[] Kernel()
        {
            var axes = WindowAxis.Read(convolution, 2);
            return [filters, bottom[1] / (convolution.Integer("group") ?? 1), axes[0]!.Kernel, axes[1]!.Kernel];
        }
    }

    private byte[] Elements(CaffeLayer layer, long[] size)
    {
        var count = (int)size.Aggregate(1L, (a, b) => a * b);
        var gain = size.Length < 2 ? 0.4f : 3.4f / MathF.Sqrt(count / size[0]);
        var bytes = new byte[count * sizeof(float)];
        foreach (ref var element in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
        {
            element = layer.Type is "BatchNorm" or "Scale" ? 0.5f + _random.NextSingle() : (_random.NextSingle() - 0.5f) * gain;
        }

        return bytes;
    }
}
