using System.Text;
using Klever.Formats;
using Klever.Models;
using Klever.Samples;

namespace Klever.Conversion.Tests.H5ToSavedModel;

public sealed class KerasRefusalTests
{
    [Theory]
    [InlineData("Lambda", "", "layer \"y\" of type Lambda: it holds Python code, which is not run; put layers of Keras in its place")]
    [InlineData("Research>Warp", "", "layer \"y\" of type Research>Warp: it is a class of its user, whose code is not in the file; put layers of Keras in its place")]
    [InlineData("Warp", "", "layer \"y\" of type Warp: it is a class of its user, whose code is not in the file; put layers of Keras in its place")]
    [InlineData("TFOpLambda", "'function': 'linalg.inv'", "layer \"y\" of type TFOpLambda: it is a function and not a layer; put a layer of Keras in its place")]
    [InlineData("ConvLSTM2D", "", "layer \"y\" of type ConvLSTM2D: this layer is not converted; put others in its place")]
    [InlineData("LSTM", "'units': 2, 'stateful': true", "layer \"y\" of type LSTM: it is stateful; build the model with stateful=False")]
    [InlineData("Dense", "'units': 2, 'activation': 'own'", "layer \"y\" of type Dense: its activation \"own\" is not converted; put layers of Keras in its place")]
    [InlineData("Dense", "'units': 2, 'dtype': {'class_name': 'Policy', 'config': {'name': 'mixed_float16'}}", "layer \"y\" of type Dense: it computes in float16; float32 is converted")]
    [InlineData("Flatten", "'data_format': 'channels_first'", "layer \"y\" of type Flatten: its data_format is channels_first; build the model with channels_last")]
    [InlineData("Dense", "'units': 2", "\"y\": it has 0 weights in the file; its kernel would be number 1")]
    public void Convert_OfALayerThatCannotBe_NamesItAndSaysWhatToDo(string className, string settings, string expected)
    {
        var exception = Assert.Throws<ConversionException>(() => Convert(Model(className, settings)));

        Assert.Equal("H5 to SavedModel: " + expected, exception.Message);
    }

    [Fact]
    public void Convert_OfSeveralProblems_NamesThemAll()
    {
        var config = Model("Lambda", "").Replace("]}}", ", {\"class_name\": \"Warp\", \"config\": {\"name\": \"z\"}}]}}", StringComparison.Ordinal);

        var exception = Assert.Throws<ConversionException>(() => Convert(config));

        Assert.Equal(["y", "z"], exception.Issues.Select(issue => issue.Layer));
    }

    [Fact]
    public void Convert_WithAMaskThatIsUsed_IsRefused()
    {
        var config = Model("Embedding", "'input_dim': 4, 'output_dim': 2, 'mask_zero': true")
            .Replace("]}}", ", {\"class_name\": \"LSTM\", \"config\": {\"name\": \"z\", \"units\": 2}}]}}", StringComparison.Ordinal);

        var exception = Assert.Throws<ConversionException>(() => Convert(config));

        Assert.Contains("it makes a mask that other layers use", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'training': true", "it is called with training=True, which is not converted")]
    [InlineData("'mask': ['x', 0, 0]", "it is called with mask, and masks are not converted")]
    public void Convert_OfACallWithSwitches_IsRefused(string arguments, string expected)
    {
        var config = """
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"name": "x", "batch_input_shape": [null, 4], "dtype": "float32"}},
              {"class_name": "Dropout", "name": "y", "inbound_nodes": [[["x", 0, 0, {ARGUMENTS}]]], "config": {"name": "y", "rate": 0.5}}],
             "input_layers": [["x", 0, 0]], "output_layers": [["y", 0, 0]]}}
            """.Replace("ARGUMENTS", arguments.Replace('\'', '"'), StringComparison.Ordinal);

        var exception = Assert.Throws<ConversionException>(() => Convert(config));

        Assert.Equal($"H5 to SavedModel: layer \"y\" of type Dropout: {expected}", exception.Message);
    }

    [Fact]
    public void Convert_OfKeras1_SaysHowToSaveItAgain()
    {
        var exception = Assert.Throws<ConversionException>(() => Convert(Model("Dense", "'units': 2"), "1.2.2"));

        Assert.Equal(ConversionProblem.UnsupportedVersion, exception.Problem);
        Assert.Equal(
            "H5 to SavedModel: Keras 1.2.2 wrote it, and weights of Keras 1 are laid out otherwise; load it in Keras 2 and save it again",
            exception.Message);
    }

    [Fact]
    public void Convert_OfAModelThatWasNeverBuilt_SaysSo()
    {
        const string Config = """{"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "Dense", "config": {"name": "y", "units": 2}}]}}""";

        var exception = Assert.Throws<ConversionException>(() => Convert(Config));

        Assert.Contains("input \"y_input\" has no size: the model was never built", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_OfAWeightOfAnotherSize_NamesBoth()
    {
        var file = KerasFile.Write(Model("Dense", "'units': 2"), "2.4.0", [("y", [new KerasWeight("kernel:0", [5, 2], new float[10])])]);

        var exception = Assert.Throws<ConversionException>(() => new KerasConversion(file));

        Assert.Equal(ConversionProblem.WeightShapeMismatch, exception.Problem);
        Assert.Equal("H5 to SavedModel: \"y\": its weight kernel should be [4, 2], and is [5, 2]", exception.Message);
    }

    [Fact]
    public void Convert_OfASubclassedModel_IsRefused()
    {
        var exception = Assert.Throws<ModelReadException>(() => Convert("""{"class_name": "Mine", "config": {}}"""));

        Assert.Equal(ModelReadProblem.NotSupported, exception.Problem);
        Assert.Contains("it is a class of its user", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_OfSomethingElse_IsRefusedByTheReader()
    {
        var exception = Assert.Throws<ModelReadException>(() => new KerasConversion(Encoding.ASCII.GetBytes("no model")));

        Assert.Equal("H5 model/net.h5: it is not an HDF5 file: no superblock is found, at byte 0", exception.Message);
    }

    private static void Convert(string config, string version = "2.4.0") => new KerasConversion(KerasFile.Write(config, version, [])).Dispose();

    private static string Model(string className, string settings) =>
        $$$"""
        {"class_name": "Sequential", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [null, 4], "dtype": "float32"}},
          {"class_name": "{{{className}}}", "config": {"name": "y"{{{(settings.Length > 0 ? ", " + settings.Replace('\'', '"') : "")}}}}}]}}
        """;
}
