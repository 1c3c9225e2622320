using System.Text;
using Klever.Formats.Protobuf;

namespace Klever.Samples;

/// <summary>A small Caffe classifier: Convolution, ReLU in place, Pooling, InnerProduct, Softmax, and the file of its weights.</summary>
internal static class CaffeModelSample
{
    private const string Prototxt =
        """
        name: "classifier"
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 1 dim: 8 dim: 8 } } }
        layer {
          name: "conv"  type: "Convolution"  bottom: "data"  top: "conv"
          convolution_param { num_output: 4  kernel_size: 3  pad: 1 }
        }
        layer { name: "relu"  type: "ReLU"  bottom: "conv"  top: "conv" }
        layer {
          name: "pool"  type: "Pooling"  bottom: "conv"  top: "pool"
          pooling_param { pool: MAX  kernel_size: 2  stride: 2 }
        }
        layer {
          name: "fc"  type: "InnerProduct"  bottom: "pool"  top: "fc"
          inner_product_param { num_output: 3 }
        }
        layer { name: "prob"  type: "Softmax"  bottom: "fc"  top: "prob" }

        """;

    public static IReadOnlyDictionary<string, byte[]> Files() => new Dictionary<string, byte[]>
    {
        ["classifier.caffemodel"] = CaffeModel(),
        ["classifier.prototxt"] = Encoding.UTF8.GetBytes(Prototxt),
    };

    private static byte[] CaffeModel() => new ProtobufWriter()
        .Text(1, "classifier")
        .Message(100, layer => Layer(layer, "conv", "Convolution", [4, 1, 3, 3], [4]))
        .Message(100, layer => Layer(layer, "relu", "ReLU"))
        .Message(100, layer => Layer(layer, "pool", "Pooling"))
        .Message(100, layer => Layer(layer, "fc", "InnerProduct", [3, 64], [3]))
        .Message(100, layer => Layer(layer, "prob", "Softmax"))
        .ToArray();

    private static void Layer(ProtobufWriter layer, string name, string type, params long[][] blobs)
    {
        layer.Text(1, name).Text(2, type);
        foreach (var size in blobs)
        {
            layer.Message(7, blob => blob
                .Bytes(5, Floats(size))
                .Message(7, shape => shape.Packed(1, size)));
        }
    }

    private static byte[] Floats(long[] size)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var weight in SampleWeights.Of(size))
        {
            writer.Write(weight);
        }

        return bytes.ToArray();
    }
}
