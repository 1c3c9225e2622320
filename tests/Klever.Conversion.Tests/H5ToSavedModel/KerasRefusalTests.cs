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
    [InlineData("TFOpLambda", "'function': 'linalg.inv'", "layer \"y\" of type TFOpLambda: its function linalg.inv is not converted; put a layer of Keras in its place")]
    [InlineData("SlicingOpLambda", "'function': '__operators__.ragged_getitem'", "layer \"y\" of type SlicingOpLambda: its function __operators__.ragged_getitem is not converted; put a layer of Keras in its place")]
    [InlineData("HashedCrossing", "", "layer \"y\" of type HashedCrossing: this layer is not converted; put others in its place")]
    [InlineData("LSTM", "'units': 2, 'stateful': true", "layer \"y\" of type LSTM: it is stateful; build the model with stateful=False")]
    [InlineData("Dense", "'units': 2, 'activation': 'own'", "layer \"y\" of type Dense: its activation \"own\" is not converted; put layers of Keras in its place")]
    [InlineData("Dense", "'units': 2, 'dtype': {'class_name': 'QuantizedDTypePolicy', 'config': {'name': 'int8_from_float32'}}", "layer \"y\" of type Dense: it is quantized (int8_from_float32); save the model as it was before")]
    [InlineData("Dense", "'units': 2, 'lora_rank': 4", "layer \"y\" of type Dense: it has the weights of LoRA beside its own; merge them and save the model again")]
    [InlineData("Dense", "'units': -1", "layer \"y\" of type Dense: its setting units is -1")]
    [InlineData("BatchNormalization", "'renorm': true", "layer \"y\" of type BatchNormalization: it renormalises (renorm=True), which is not converted")]
    [InlineData("BatchNormalization", "'axis': 7", "layer \"y\" of type BatchNormalization: its setting axis is 7, and its input has 2 dimensions")]
    [InlineData("LayerNormalization", "'axis': []", "layer \"y\" of type LayerNormalization: its setting axis is empty")]
    [InlineData("Conv2D", "'filters': 2, 'kernel_size': [1, 1]", "layer \"y\" of type Conv2D: its input has 2 dimensions, not 4")]
    [InlineData("Resizing", "'height': 4, 'width': 4", "layer \"y\" of type Resizing: it is converted for a batch of images that are stretched, without antialias")]
    [InlineData("LocallyConnected2D", "'filters': 2, 'data_format': 'channels_first'", "layer \"y\" of type LocallyConnected2D: its channels stand in front, which is not converted")]
    [InlineData("Discretization", "'bin_boundaries': null", "layer \"y\" of type Discretization: the file does not say its bin_boundaries")]
    [InlineData("CategoryEncoding", "'num_tokens': 3, 'output_mode': 'one_hot'", "layer \"y\" of type CategoryEncoding: its input has other dimensions than its output_mode one_hot is converted for: batch, and categories")]
    [InlineData("EinsumDense", "'equation': 'ab,bc->aac', 'output_shape': 3", "layer \"y\" of type EinsumDense: its equation \"ab,bc->aac\" is not converted")]
    [InlineData("RNN", "'units': 2", "layer \"y\" of type RNN: it has no cell")]
    [InlineData("ConvLSTM2D", "'filters': 2, 'kernel_size': [1, 1]", "layer \"y\" of type ConvLSTM2D: its input has 2 dimensions, not 5")]
    [InlineData("RNN", "'cell': {'class_name': 'Mine', 'config': {'units': 2}}", "layer \"y\" of type RNN: it is converted for inputs of the dimensions batch, time and features")]
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

    [Theory]
    [InlineData("'attention_mask': ['x', 0, 0]", "it is called with attention_mask, which is not converted; let Masking or mask_zero make the mask")]
    [InlineData("'training': true", "it is called with training=True, which is not converted")]
    [InlineData("'mask': true", "it is called with mask, which is not converted; let Masking or mask_zero make the mask")]
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

    [Theory]
    [InlineData("[[['x', 0, 0, {}], ['_CONSTANT_VALUE', -1, [1.0, 2.0, 3.0, 4.0], {}]]]")]
    [InlineData("[{'args': [[{'class_name': '__keras_tensor__', 'config': {'keras_history': ['x', 0, 0]}}, 2.0]], 'kwargs': {}}]")]
    [InlineData("[{'args': [[{'class_name': '__keras_tensor__', 'config': {'keras_history': ['x', 0, 0]}}, {'class_name': '__tensor__', 'config': {'value': 1}}]], 'kwargs': {}}]")]
    public void Convert_OfACallWithAConstant_IsRefused(string nodes)
    {
        var config = """
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"name": "x", "batch_input_shape": [null, 4], "dtype": "float32"}},
              {"class_name": "Add", "name": "y", "inbound_nodes": NODES, "config": {"name": "y"}}],
             "input_layers": [["x", 0, 0]], "output_layers": [["y", 0, 0]]}}
            """.Replace("NODES", nodes.Replace('\'', '"'), StringComparison.Ordinal);

        var exception = Assert.Throws<ConversionException>(() => Convert(config));

        Assert.Equal(
            "H5 to SavedModel: layer \"y\" of type Add: it is called with a constant beside its tensors, which is not converted; "
            + "let a layer of the model make it",
            exception.Message);
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
