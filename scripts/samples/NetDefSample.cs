using Klever.Formats.Protobuf;

namespace Klever.Samples;

/// <summary>A small Caffe2 classifier: Conv, Relu, MaxPool, FC, Softmax, with the parameters in the init net.</summary>
internal static class NetDefSample
{
    private static readonly (string Name, long[] Size)[] Parameters =
        [("conv_w", [4, 1, 3, 3]), ("conv_b", [4]), ("fc_w", [3, 64]), ("fc_b", [3])];

    public static IReadOnlyDictionary<string, byte[]> Files() => new Dictionary<string, byte[]>
    {
        ["init_net.pb"] = InitNet(),
        ["predict_net.pb"] = PredictNet(),
    };

    private static byte[] InitNet()
    {
        var net = new ProtobufWriter().Text(1, "classifier_init");
        foreach (var (name, size) in Parameters)
        {
            net.Message(2, operation => Operation(operation, "GivenTensorFill", [], name)
                .Message(5, shape => Numbers(shape, "shape", size))
                .Message(5, values => Values(values, size)));
        }

        net.Message(2, operation => Operation(operation, "ConstantFill", [], "data")
            .Message(5, shape => Numbers(shape, "shape", [1, 1, 8, 8])));
        return net.ToArray();
    }

    private static byte[] PredictNet()
    {
        var net = new ProtobufWriter()
            .Text(1, "classifier")
            .Message(2, operation => Operation(operation, "Conv", ["data", "conv_w", "conv_b"], "conv")
                .Message(5, kernel => kernel.Text(1, "kernel").Varint(3, 3))
                .Message(5, pad => pad.Text(1, "pad").Varint(3, 1)))
            .Message(2, operation => Operation(operation, "Relu", ["conv"], "conv"))
            .Message(2, operation => Operation(operation, "MaxPool", ["conv"], "pool")
                .Message(5, kernel => kernel.Text(1, "kernel").Varint(3, 2))
                .Message(5, stride => stride.Text(1, "stride").Varint(3, 2)))
            .Message(2, operation => Operation(operation, "FC", ["pool", "fc_w", "fc_b"], "fc"))
            .Message(2, operation => Operation(operation, "Softmax", ["fc"], "prob"))
            .Text(7, "data");
        foreach (var (name, _) in Parameters)
        {
            net.Text(7, name);
        }

        return net.Text(8, "prob").ToArray();
    }

    private static ProtobufWriter Operation(ProtobufWriter operation, string type, string[] inputs, string output)
    {
        foreach (var input in inputs)
        {
            operation.Text(1, input);
        }

        return operation.Text(2, output).Text(4, type);
    }

    // Caffe2's repeated numbers are not packed.
    private static void Numbers(ProtobufWriter argument, string name, long[] numbers)
    {
        argument.Text(1, name);
        foreach (var number in numbers)
        {
            argument.Varint(6, number);
        }
    }

    private static void Values(ProtobufWriter argument, long[] size)
    {
        argument.Text(1, "values");
        foreach (var weight in SampleWeights.Of(size))
        {
            argument.Float(5, weight);
        }
    }
}
