using System.Text;
using Klever.Formats.Protobuf;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.Caffe;

public class CaffeModelReaderTests
{
    [Fact]
    public void Sample_IsDescribed()
    {
        var signature = ModelBytes.Extract(ModelFormat.CaffeModel, SampleModels.Files(ModelFormat.CaffeModel));

        Assert.Equal([new Tensor { Name = "data", DType = "float32", Size = [1, 1, 8, 8] }], signature.Inputs);
        Assert.Equal([new Tensor { Name = "prob", DType = "float32", Size = [1, 3] }], signature.Outputs);
        Assert.Equal(["Convolution", "ReLU", "Pooling", "InnerProduct", "Softmax"], signature.Layers.Select(layer => layer.Type));
    }

    [Theory]
    [InlineData("input: 'a' input: 'b' input_dim: [1, 3, 4, 5, 2, 1, 1, 6]", "[1, 3, 4, 5]", "[2, 1, 1, 6]")]
    [InlineData("input: 'a' input: 'b' input_shape { dim: 1 dim: 7 } input_shape { dim: [2] }", "[1, 7]", "[2]")]
    [InlineData("layer { type: 'Input' top: 'a' top: 'b' input_param { shape { dim: 1 dim: 7 } } }", "[1, 7]", "[1, 7]")]
    [InlineData("layer { type: 'MemoryData' top: 'a' top: 'b' memory_data_param { batch_size: 4 channels: 3 height: 8 width: 9 } }", "[4, 3, 8, 9]", "[4]")]
    [InlineData("layer { type: 'DummyData' top: 'a' top: 'b' dummy_data_param { num: 4 channels: 3 height: 8 width: 9 num: 1 } }", "[4, 3, 8, 9]", "[1, 3, 8, 9]")]
    [InlineData("layer { type: 'Data' top: 'a' top: 'b' data_param { batch_size: 64 } transform_param { crop_size: 227 } }", "[64, -1, 227, 227]", "[64]")]
    public void Inputs_AreFoundHoweverTheyAreDeclared(string declaration, string first, string second)
    {
        var signature = PrototxtModel.Extract(declaration + " layer { type: 'Silence' bottom: 'a' bottom: 'b' }");

        Assert.Equal([$"a: float32{first}", $"b: float32{second}"], signature.Inputs.Select(input => input.ToString()));
    }

    [Fact]
    public void Inputs_WithoutSizes_TakeThoseOfTheOrmbfile()
    {
        var declared = new Signature { Inputs = [new Tensor { Name = "data", Size = [2, 3, 8, 8] }] };

        var signature = PrototxtModel.Extract(
            "input: 'data' layer { type: 'Pooling' bottom: 'data' top: 'pool' pooling_param { kernel_size: 2 stride: 2 } }", declared);

        Assert.Equal([2, 3, 4, 4], signature.Outputs.Single().Size);
    }

    [Fact]
    public void Outputs_AreWhatNoLayerTakes_SortedByName()
    {
        var signature = PrototxtModel.Extract(
            """
            input: "x"
            layer { type: "Split" bottom: "x" top: "z" top: "b" top: "B" top: "c" }
            layer { type: "ReLU" bottom: "c" top: "c" }
            layer { type: "Silence" bottom: "b" }
            """);

        Assert.Equal(["B", "c", "z"], signature.Outputs.Select(output => output.Name));
    }

    [Theory]
    [InlineData("include { phase: TRAIN }", false)]
    [InlineData("include { phase: TEST }", true)]
    [InlineData("include { phase: TRAIN } include { phase: TEST }", true)]
    [InlineData("exclude { phase: TEST }", false)]
    [InlineData("exclude { phase: TRAIN }", true)]
    [InlineData("include { stage: 'deploy' }", false)]
    [InlineData("include { not_stage: 'deploy' }", true)]
    [InlineData("include { min_level: 1 }", false)]
    [InlineData("include { max_level: 3 phase: TEST }", true)]
    public void Layers_AreThoseOfThePhaseTest(string rule, bool isIncluded)
    {
        var signature = PrototxtModel.Extract(
            $"input: 'x' layer {{ type: 'TanH' bottom: 'x' top: 'y' {rule} }} layer {{ type: 'ReLU' bottom: 'x' top: 'x' }}");

        Assert.Equal(isIncluded, signature.Layers.Any(layer => layer.Type == "TanH"));
    }

    [Fact]
    public void FormerLayers_HaveTheirCurrentTypes()
    {
        var signature = PrototxtModel.Extract(
            """
            input: "data" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8
            layers { name: "ip" type: INNER_PRODUCT bottom: "data" top: "ip" inner_product_param { num_output: 4 } }
            layers { name: "s" type: 20 bottom: "ip" top: "s" }
            layers { name: "c" type: CROP bottom: "s" bottom: "s" top: "c" }
            """);

        Assert.Equal(["InnerProduct", "Softmax", "Crop"], signature.Layers.Select(layer => layer.Type));
    }

    [Fact]
    public void FirstLayers_AreUpgraded_AndPaddingGoesIntoTheConvolution()
    {
        var signature = PrototxtModel.Extract(
            """
            input: "data" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8
            layers { layer { name: "pad1" type: "padding" pad: 2 } bottom: "data" top: "pad1" }
            layers { layer { name: "conv1" type: "conv" num_output: 4 kernelsize: 5 } bottom: "pad1" top: "conv1" }
            layers { layer { name: "pool1" type: "pool" pool: MAX kernelsize: 2 stride: 2 } bottom: "conv1" top: "pool1" }
            layers { layer { name: "fc" type: "innerproduct" num_output: 7 } bottom: "pool1" top: "fc" }
            """);

        Assert.Equal(["Convolution", "Pooling", "InnerProduct"], signature.Layers.Select(layer => layer.Type));
        Assert.Equal([1, 7], signature.Outputs.Single().Size);
    }

    [Fact]
    public void ResidualNetwork_KeepsTheSizeOfItsInput()
    {
        var signature = PrototxtModel.Extract(
            """
            input: "data" input_shape { dim: 1 dim: 8 dim: 6 dim: 6 }
            layer { type: "Convolution" bottom: "data" top: "c" convolution_param { num_output: 8 kernel_size: 3 pad: 1 } }
            layer { type: "BatchNorm" bottom: "c" top: "c" } layer { type: "Scale" bottom: "c" top: "c" }
            layer { type: "Eltwise" bottom: "data" bottom: "c" top: "sum" }
            """);

        Assert.Equal([new Tensor { Name = "sum", DType = "float32", Size = [1, 8, 6, 6] }], signature.Outputs);
    }

    [Theory]
    [InlineData("layer {\n  type: \"ReLU\n}", "CaffeModel model/classifier.prototxt: line 2, column 9: the string that begins here does not end on its line")]
    [InlineData("layer {\n name: 'a'", "CaffeModel model/classifier.prototxt: line 2, column 11: the file ends within the message that begins at line 1; \"}\" is missing")]
    [InlineData("layer { type }", "CaffeModel model/classifier.prototxt: line 1, column 14: \":\" or \"{\" is wanted after type, not \"}\"")]
    [InlineData("name: 'x'", "CaffeModel model/classifier.prototxt: line 1, column 1: the file has no layer, so it does not describe a network")]
    [InlineData("layer { name: 'a' }", "CaffeModel model/classifier.prototxt: line 1, column 7: layer \"a\" has no type")]
    [InlineData("input: 'x' layer { type: 'Tile' bottom: 'x' top: 'y' tile_param { tiles: two } }", "CaffeModel model/classifier.prototxt: line 1, column 74: tiles takes a whole number, not \"two\"")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "CaffeModel model/classifier.prototxt: this is a Git LFS pointer, not the model; run \"git lfs pull\" where it was cloned and push the model again")]
    public void Prototxt_ThatIsWrong_IsRefusedWithItsPlace(string prototxt, string message)
    {
        var exception = Assert.Throws<ModelReadException>(() => PrototxtModel.Extract(prototxt));

        Assert.Equal(message, exception.Message);
        Assert.Equal(ModelReadProblem.NotTheFormat, exception.Problem);
    }

    [Fact]
    public void Prototxt_NestedTooDeep_ReachesALimit()
    {
        var prototxt = string.Concat(Enumerable.Repeat("a {", 100_000));

        var exception = Assert.Throws<ModelReadException>(() => PrototxtModel.Extract(prototxt));

        Assert.Equal(ModelReadProblem.LimitExceeded, exception.Problem);
        Assert.Contains("line 1, column 304: messages are nested deeper than 100 levels", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prototxt_OfTooManyFields_ReachesALimit()
    {
        var prototxt = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a:1\n", 1_000_000)));

        var exception = Assert.Throws<ModelReadException>(() => PrototxtModel.Extract(prototxt));

        Assert.Equal(ModelReadProblem.LimitExceeded, exception.Problem);
    }

    [Fact]
    public void CaffeModel_WithoutLayers_IsRefused()
    {
        var files = SampleModels.Files(ModelFormat.CaffeModel).ToDictionary();
        files["classifier.caffemodel"] = new ProtobufWriter().Text(1, "net").ToArray();

        var exception = Assert.Throws<ModelReadException>(() => ModelBytes.Extract(ModelFormat.CaffeModel, files));

        Assert.Equal(
            "CaffeModel model/classifier.caffemodel: no layer is in it, so it is not a trained Caffe network", exception.Message);
    }
}
