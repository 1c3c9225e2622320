namespace Klever.Samples;

/// <summary>A Keras classifier of flowers: four measures, one hidden layer, three classes.</summary>
internal static class H5Sample
{
    private const string ModelConfig =
        """
        {"class_name": "Functional", "config": {"name": "flowers", "layers": [
          {"class_name": "InputLayer", "name": "measures", "inbound_nodes": [],
           "config": {"batch_input_shape": [null, 4], "dtype": "float32", "sparse": false, "name": "measures"}},
          {"class_name": "Dense", "name": "hidden", "inbound_nodes": [[["measures", 0, 0, {}]]],
           "config": {"name": "hidden", "dtype": "float32", "units": 8, "activation": "relu", "use_bias": true}},
          {"class_name": "Dense", "name": "flower", "inbound_nodes": [[["hidden", 0, 0, {}]]],
           "config": {"name": "flower", "dtype": "float32", "units": 3, "activation": "softmax", "use_bias": true}}],
         "input_layers": [["measures", 0, 0]], "output_layers": [["flower", 0, 0]]}}
        """;

    public static IReadOnlyDictionary<string, byte[]> Files() => new Dictionary<string, byte[]>
    {
        ["flowers.h5"] = KerasFile.Write(ModelConfig, "2.4.0",
        [
            ("measures", []),
            ("hidden", [Weight("kernel:0", [4, 8]), Weight("bias:0", [8])]),
            ("flower", [Weight("kernel:0", [8, 3]), Weight("bias:0", [3])]),
        ]),
    };

    private static KerasWeight Weight(string name, int[] shape) =>
        new(name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(
            i => MathF.Sin(i + shape.Length))]);
}
