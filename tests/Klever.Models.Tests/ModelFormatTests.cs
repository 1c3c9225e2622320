namespace Klever.Models.Tests;

public class ModelFormatTests
{
    [Fact]
    public void All_HoldsTheFormatsOfTheOriginal()
    {
        var names = ModelFormat.All.Select(format => format.Name);

        Assert.Equal(
            [
                "SavedModel", "ONNX", "GraphDef", "NetDef", "H5", "CaffeModel", "TorchScript", "MXNetParams", "PMML",
                "TensorRT", "SKLearn", "XGBoost", "MLflow", "MLlib", "Pickle", "Others",
            ],
            names);
    }

    [Fact]
    public void Extractable_AreNine() => Assert.Equal(9, ModelFormat.All.Count(format => format.IsExtractable));

    [Theory]
    [InlineData("ONNX")]
    [InlineData("onnx")]
    public void Parse_IgnoresCase(string name) => Assert.Same(ModelFormat.Onnx, ModelFormat.Parse(name));

    [Fact]
    public void Parse_OfAnUnknownName_ListsTheKnownOnes()
    {
        var exception = Assert.Throws<FormatException>(() => ModelFormat.Parse("gguf"));

        Assert.StartsWith("\"gguf\" is not a model format; known are SavedModel, ONNX,", exception.Message);
    }

    [Theory]
    [InlineData("NetDef", "init_net.pb", "a NetDef model needs predict_net.pb in model/")]
    [InlineData("ONNX", "a.onnx b.onnx", "a ONNX model needs exactly one *.onnx in model/, but there are a.onnx, b.onnx")]
    [InlineData("ONNX", "deep/a.onnx", "a ONNX model needs *.onnx in model/")]
    [InlineData("ONNX", ".a.onnx", "a ONNX model needs *.onnx in model/")]
    [InlineData("TensorRT", "net.engine", null)]
    [InlineData("MXNetParams", "foosymbol.json foo-0000.params", null)]
    [InlineData("SavedModel", "saved_model.pb variables/variables.index", null)]
    public void Problem_NamesWhatIsMissing(string format, string paths, string? problem)
    {
        Assert.Equal(problem, ModelFormat.Parse(format).Problem(paths.Split(' ')));
    }

    [Theory]
    [InlineData("saved_model.pb variables/variables.index", "SavedModel")]
    [InlineData("model.onnx", "ONNX")]
    [InlineData("init_net.pb predict_net.pb", "NetDef")]
    [InlineData("net.prototxt net.caffemodel", "CaffeModel")]
    [InlineData("net-symbol.json net-0000.params", "MXNetParams")]
    [InlineData("MLmodel model.h5", "MLflow")]
    [InlineData("model.plan", "TensorRT")]
    [InlineData("readme.md", null)]
    public void Infer_TellsTheFormatFromTheFiles(string paths, string? format)
    {
        Assert.Equal(format, FormatInference.Infer(paths.Split(' '))?.Name);
    }
}
