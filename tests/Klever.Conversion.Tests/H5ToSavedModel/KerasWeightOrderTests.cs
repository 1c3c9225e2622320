using Klever.Conversion.Tests.H5ToSavedModel.Evaluation;
using Klever.Samples;

namespace Klever.Conversion.Tests.H5ToSavedModel;

public sealed class KerasWeightOrderTests
{
    // Inside of a nested model what is trained comes first; a frozen layer moves wholly behind it.
    [Theory]
    [InlineData("true", new[] { "kernel1", "gamma", "beta", "kernel2", "mean", "variance" })]
    [InlineData("false", new[] { "gamma", "beta", "kernel2", "kernel1", "mean", "variance" })]
    public void Convert_OfANestedModel_TakesWeightsByWhatIsTrained(string isFirstTrained, string[] order)
    {
        var values = new Dictionary<string, float[]>
        {
            ["kernel1"] = [2],
            ["gamma"] = [3],
            ["beta"] = [5],
            ["mean"] = [7],
            ["variance"] = [4],
            ["kernel2"] = [11],
        };
        int[] Shape(string name) => name.StartsWith("kernel", StringComparison.Ordinal) ? [1, 1] : [1];
        var file = KerasFile.Write(Config(isFirstTrained), "2.4.0",
            [("inner", [.. order.Select((name, i) => new KerasWeight($"{i}_{name}", Shape(name), values[name]))])]);

        using var conversion = new KerasConversion(file);
        var result = conversion.Run([new Value([1, 1], [10])]);

        // ((10 * 2 - 7) / sqrt(4) * 3 + 5) * 11
        Assert.Equal(269.5, result["inner"].Data[0], tolerance: 1e-3);
    }

    // The order is that of a frozen first layer, and the configuration says that it was trained.
    [Fact]
    public void Convert_OfANestedModelInAnotherOrder_GoesByThePathsOfItsWeights()
    {
        (string Path, int[] Shape, float Value)[] weights =
        [
            ("inner/b/gamma:0", [1], 3), ("inner/b/beta:0", [1], 5), ("inner/d2/kernel:0", [1, 1], 11), ("inner/d1/kernel:0", [1, 1], 2),
            ("inner/b/moving_mean:0", [1], 7), ("inner/b/moving_variance:0", [1], 4),
        ];
        var file = KerasFile.Write(Config("true"), "2.4.0",
            [("inner", [.. weights.Select(weight => new KerasWeight(weight.Path, weight.Shape, [weight.Value]))])]);

        using var conversion = new KerasConversion(file);

        Assert.Equal(269.5, conversion.Run([new Value([1, 1], [10])])["inner"].Data[0], tolerance: 1e-3);
    }

    [Fact]
    public void Convert_OfCudnnLstm_TransposesEachGate()
    {
        const string Config =
            """
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "CuDNNLSTM", "config": {"name": "y", "units": 1, "batch_input_shape": [null, 1, 2], "dtype": "float32"}}]}}
            """;
        var file = KerasFile.Write(Config, "2.2.4", [("y",
        [
            new KerasWeight("kernel:0", [2, 4], [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f]),
            new KerasWeight("recurrent_kernel:0", [1, 4], [1, 1, 1, 1]),
            new KerasWeight("bias:0", [8], [0.01f, 0.02f, 0.03f, 0.04f, 0.1f, 0.2f, 0.3f, 0.4f]),
        ])]);

        using var conversion = new KerasConversion(file);
        var result = conversion.Run([new Value([1, 1, 2], [1, 2])])["y"].Data[0];

        var input = Sigmoid(0.1 + (2 * 0.5) + 0.11);
        var candidate = Math.Tanh(0.3 + (2 * 0.7) + 0.33);
        var output = Sigmoid(0.4 + (2 * 0.8) + 0.44);
        Assert.Equal(output * Math.Tanh(input * candidate), result, tolerance: 1e-6);
    }

    [Fact]
    public void Convert_OfArithmeticOfMobileNetV3_IsWritten()
    {
        const string Config =
            """
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"name": "x", "batch_input_shape": [null, 3], "dtype": "float32"}},
              {"class_name": "TFOpLambda", "name": "add", "inbound_nodes": [["x", 0, 0, {"y": 3.0, "name": null}]], "config": {"name": "add", "function": "__operators__.add"}},
              {"class_name": "ReLU", "name": "re_lu", "inbound_nodes": [[["add", 0, 0, {}]]], "config": {"name": "re_lu", "max_value": 6.0}},
              {"class_name": "TFOpLambda", "name": "mul", "inbound_nodes": [["re_lu", 0, 0, {"y": 0.5, "name": null}]], "config": {"name": "mul", "function": "math.multiply"}}],
             "input_layers": [["x", 0, 0]], "output_layers": [["mul", 0, 0]]}}
            """;

        using var conversion = new KerasConversion(KerasFile.Write(Config, "2.6.0", []));

        Assert.Equal([0, 1.5, 3], conversion.Run([new Value([1, 3], [-4, 0, 5])])["mul"].Data);
    }

    [Fact]
    public void Convert_OfALayerThatGivesTwoOutputs_NamesBoth()
    {
        const string Config =
            """
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "a", "inbound_nodes": [], "config": {"name": "a", "batch_input_shape": [null, 1], "dtype": "float32"}},
              {"class_name": "InputLayer", "name": "b", "inbound_nodes": [], "config": {"name": "b", "batch_input_shape": [null, 1], "dtype": "float32"}},
              {"class_name": "ReLU", "name": "r", "inbound_nodes": [[["a", 0, 0, {}]], [["b", 0, 0, {}]]], "config": {"name": "r"}}],
             "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["r", 0, 0], ["r", 1, 0]]}}
            """;

        using var conversion = new KerasConversion(KerasFile.Write(Config, "2.6.0", []));
        var results = conversion.Run([new Value([1, 1], [3]), new Value([1, 1], [-4])]);

        Assert.Equal(("r", 3d, "r_1", 0d), (results.Keys.First(), results["r"].Scalar, results.Keys.Last(), results["r_1"].Scalar));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static string Config(string isFirstTrained) =>
        $$$"""
        {"class_name": "Functional", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"name": "x", "batch_input_shape": [null, 1], "dtype": "float32"}},
          {"class_name": "Sequential", "name": "inner", "inbound_nodes": [[["x", 0, 0, {}]]], "config": {"name": "inner", "layers": [
            {"class_name": "Dense", "config": {"name": "d1", "units": 1, "use_bias": false, "trainable": {{{isFirstTrained}}}}},
            {"class_name": "BatchNormalization", "config": {"name": "b", "axis": [1], "epsilon": 0.0}},
            {"class_name": "Dense", "config": {"name": "d2", "units": 1, "use_bias": false}}]}}],
         "input_layers": [["x", 0, 0]], "output_layers": [["inner", 0, 0]]}}
        """;
}
