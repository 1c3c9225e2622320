using System.Text;

namespace Klever.Samples;

/// <summary>A small MXNet classifier: Convolution, Activation, Pooling, FullyConnected, SoftmaxOutput, as a Module saves it.</summary>
internal static class MXNetParamsSample
{
    private const string Symbol =
        """
        {
          "nodes": [
            {"op": "null", "name": "data", "inputs": []},
            {"op": "null", "name": "conv_weight", "inputs": []},
            {"op": "null", "name": "conv_bias", "inputs": []},
            {"op": "Convolution", "name": "conv", "attrs": {"kernel": "(3, 3)", "num_filter": "4", "pad": "(1, 1)"},
             "inputs": [[0, 0, 0], [1, 0, 0], [2, 0, 0]]},
            {"op": "Activation", "name": "relu", "attrs": {"act_type": "relu"}, "inputs": [[3, 0, 0]]},
            {"op": "Pooling", "name": "pool", "attrs": {"kernel": "(2, 2)", "pool_type": "max", "stride": "(2, 2)"},
             "inputs": [[4, 0, 0]]},
            {"op": "null", "name": "fc_weight", "inputs": []},
            {"op": "null", "name": "fc_bias", "inputs": []},
            {"op": "FullyConnected", "name": "fc", "attrs": {"num_hidden": "3"}, "inputs": [[5, 0, 0], [6, 0, 0], [7, 0, 0]]},
            {"op": "null", "name": "softmax_label", "inputs": []},
            {"op": "SoftmaxOutput", "name": "softmax", "inputs": [[8, 0, 0], [9, 0, 0]]}
          ],
          "arg_nodes": [0, 1, 2, 6, 7, 9],
          "heads": [[10, 0, 0]],
          "attrs": {"mxnet_version": ["int", 10500]}
        }

        """;

    private static readonly (string Name, long[] Size)[] Parameters =
        [("arg:conv_weight", [4, 1, 3, 3]), ("arg:conv_bias", [4]), ("arg:fc_weight", [3, 64]), ("arg:fc_bias", [3])];

    public static IReadOnlyDictionary<string, byte[]> Files() => new Dictionary<string, byte[]>
    {
        ["classifier-0000.params"] = Params(),
        ["classifier-symbol.json"] = Encoding.UTF8.GetBytes(Symbol),
    };

    private static byte[] Params()
    {
        const ulong ListMagic = 0x112;
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(ListMagic);
        writer.Write(0UL);
        writer.Write((ulong)Parameters.Length);
        foreach (var (_, size) in Parameters)
        {
            Write(writer, size);
        }

        writer.Write((ulong)Parameters.Length);
        foreach (var (name, _) in Parameters)
        {
            writer.Write((ulong)name.Length);
            writer.Write(Encoding.ASCII.GetBytes(name));
        }

        return bytes.ToArray();
    }

    private static void Write(BinaryWriter writer, long[] size)
    {
        const uint Version2 = 0xF993FAC9;
        const int Dense = 0;
        const int Cpu = 1;
        const int Float32 = 0;
        writer.Write(Version2);
        writer.Write(Dense);
        writer.Write(size.Length);
        foreach (var dimension in size)
        {
            writer.Write(dimension);
        }

        writer.Write(Cpu);
        writer.Write(0);
        writer.Write(Float32);
        foreach (var weight in SampleWeights.Of(size))
        {
            writer.Write(weight);
        }
    }
}
