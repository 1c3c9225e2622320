using Klever.Conversion.H5ToSavedModel.Operations;
using Klever.Conversion.Tests.H5ToSavedModel.Evaluation;
using Klever.Formats.Keras.Shapes;
using Klever.Samples;

namespace Klever.Conversion.Tests.H5ToSavedModel;

/// <summary>Functions that stand in a model as layers; the goldens have most of them.</summary>
public sealed class KerasFunctionTests
{
    [Fact]
    public void Names_OfTheConverter_AreKnownToTheReader() =>
        Assert.All(OperationEmitters.Names, name => Assert.True(OperationShapes.Knows(name), name));

    [Theory]
    [InlineData("math.ceil", "", new[] { -1d, 0, 1, 3 })]
    [InlineData("math.round", "", new[] { -2d, 0, 0, 2 })]
    [InlineData("math.cos", "", new[] { 0.0707372016677029, 1, 0.8775825618903728, -0.8011436155469337 })]
    [InlineData("math.expm1", "", new[] { -0.7768698398515702, 0, 0.6487212707001282, 11.182493960703473 })]
    [InlineData("math.log1p", "'from': 'math.abs'", new[] { 0.9162907318741551, 0, 0.4054651081081644, 1.252762968495368 })]
    [InlineData("math.negative", "", new[] { 1.5, 0, -0.5, -2.5 })]
    [InlineData("math.reciprocal", "'from': 'math.exp'", new[] { 4.4816890703380645, 1, 0.6065306597126334, 0.0820849986238988 })]
    [InlineData("math.erf", "", new[] { -0.9661051464753108, 0, 0.5204998778130465, 0.9995930479825550 })]
    [InlineData("nn.relu6", "", new[] { 0, 0, 0.5, 2.5 })]
    [InlineData("nn.selu", "", new[] { -1.3658142, 0, 0.5253505, 2.6267525 })]
    [InlineData("nn.softsign", "", new[] { -0.6, 0, 1d / 3, 2.5 / 3.5 })]
    [InlineData("nn.silu", "", new[] { -0.2736382, 0, 0.3112297, 2.3103545 })]
    [InlineData("zeros_like", "", new[] { 0d, 0, 0, 0 })]
    [InlineData("ones_like", "", new[] { 1d, 1, 1, 1 })]
    [InlineData("stop_gradient", "", new[] { -1.5, 0, 0.5, 2.5 })]
    [InlineData("math.floordiv", "'y': 2", new[] { -1d, 0, 0, 1 })]
    [InlineData("math.truediv", "'y': 2", new[] { -0.75, 0, 0.25, 1.25 })]
    [InlineData("math.minimum", "'y': [0, -1, 1, 2]", new[] { -1.5, -1, 0.5, 2 })]
    [InlineData("math.maximum", "'y': 0.25", new[] { 0.25, 0.25, 0.5, 2.5 })]
    public void Convert_OfAFunctionOfEachElement_ComputesIt(string function, string arguments, double[] expected)
    {
        var before = arguments.Contains("'from'", StringComparison.Ordinal) ? arguments.Split('\'')[3] : "identity";
        var named = arguments.Contains("'from'", StringComparison.Ordinal) ? "" : arguments;

        var result = Run(before, function, named);

        Assert.Equal([1, 4], result.Shape);
        Assert.All(expected.Zip(result.Data), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-6));
    }

    [Theory]
    [InlineData("argmin", "'axis': 1", new[] { 0d })]
    [InlineData("reduce_any", "'axis': 1", new[] { 1d })]
    [InlineData("reduce_all", "'axis': 1", new[] { 0d })]
    [InlineData("reduce_min", "'axis': [-1]", new[] { -1.5 })]
    public void Convert_OfAReduction_ComputesIt(string function, string arguments, double[] expected)
    {
        var result = Run(function.StartsWith("reduce_a", StringComparison.Ordinal) ? "math.sign" : "identity", function, arguments);

        Assert.Equal([1], result.Shape);
        Assert.Equal(expected, result.Data);
    }

    [Theory]
    [InlineData("reshape", "'shape': 'all'", "reshape: its shape is no list of whole numbers")]
    [InlineData("__operators__.getitem", "'slice_spec': ['x', 0, 0]", "getitem: it is converted for positions and ranges of whole numbers, which are written in the model")]
    [InlineData("__operators__.getitem", "'slice_spec': [0, 0, 0]", "getitem: it takes more dimensions than the 2 of its input")]
    [InlineData("expand_dims", "'axis': 5", "expanddims: its axis does not fit its input")]
    [InlineData("math.add", "'y': 'one'", "add: one of its arguments is neither a tensor nor a constant of numbers")]
    [InlineData("math.reduce_sum", "'axis': 7", "reducesum: its axes do not fit its input")]
    [InlineData("concat", "'axis': 9", "concat: it is converted along one axis of tensors with as many dimensions each")]
    [InlineData("cast", "'dtype': 'string'", "cast: it casts to string, which is not converted")]
    public void Convert_OfArgumentsThatDoNotFit_SaysWhich(string function, string arguments, string expected)
    {
        var exception = Assert.Throws<ConversionException>(() => Run("identity", function, arguments));

        Assert.Equal($"H5 to SavedModel: layer \"y\" of type TFOpLambda: {expected}", exception.Message);
    }

    private static Value Run(string before, string function, string arguments)
    {
        var config = $$$"""
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"name": "x", "batch_input_shape": [null, 4], "dtype": "float32"}},
              {"class_name": "TFOpLambda", "name": "b", "inbound_nodes": [["x", 0, 0, {}]], "config": {"name": "b", "function": "{{{before}}}"}},
              {"class_name": "TFOpLambda", "name": "y", "inbound_nodes": [["b", 0, 0, {ARGUMENTS}]], "config": {"name": "y", "function": "{{{function}}}"}}],
             "input_layers": [["x", 0, 0]], "output_layers": [["y", 0, 0]]}}
            """.Replace("ARGUMENTS", arguments.Replace('\'', '"'), StringComparison.Ordinal);
        using var conversion = new KerasConversion(KerasFile.Write(config, "2.8.0", []));
        return conversion.Run([new Value([1, 4], [-1.5, 0, 0.5, 2.5])])["y"];
    }
}
