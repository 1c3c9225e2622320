using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Testing;

namespace Klever.Oci.Tests.Ormb;

public sealed class ModelDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_WithoutOrmbFile_InfersFormatAndListsFiles()
    {
        _directory.Write("model/net.onnx", "x");
        _directory.Write("model/labels/en.txt", "y");

        var model = ModelDirectory.Open(_directory.Path);

        Assert.Equal(ModelFormat.Onnx, model.Format);
        Assert.Equal(
            """{"format":"ONNX","framework":"ONNX","directoryStructure":["model/labels/en.txt","model/net.onnx"]}""",
            model.OrmbFile.ToJsonObject().ToJsonString());
        Assert.Equal(2, model.Length);
    }

    [Fact]
    public void Open_WithOrmbFile_KeepsWhatItSays()
    {
        _directory.Write("model/net.onnx", "x");
        _directory.Write("ormbfile.yaml", "author: Ada\nformat: ONNX\nframework: PyTorch\nextra: {a: 1}\n");

        var model = ModelDirectory.Open(_directory.Path);

        Assert.Equal(
            """{"author":"Ada","format":"ONNX","framework":"PyTorch","extra":{"a":1},"directoryStructure":["model/net.onnx"]}""",
            model.OrmbFile.ToJsonObject().ToJsonString());
    }

    [Theory]
    [InlineData("model/readme.txt", "", "the files of model/ are of no known format; declare \"format\" in ormbfile.yaml.")]
    [InlineData("model/net.onnx", "format: H5", "a H5 model needs *.h5 in model/.")]
    [InlineData("model/net.onnx", "format: Tensorflow",
        "ormbfile.yaml declares the format \"Tensorflow\"; known are SavedModel, ONNX, GraphDef, NetDef, H5, CaffeModel, TorchScript, "
        + "MXNetParams, PMML, TensorRT, SKLearn, XGBoost, MLflow, MLlib, Pickle, Others.")]
    public void Open_OfWrongFormat_SaysWhatToDo(string file, string ormbFile, string message)
    {
        _directory.Write(file, "x");
        _directory.Write("ormbfile.yaml", ormbFile);

        var exception = Assert.Throws<ModelDirectoryException>(() => ModelDirectory.Open(_directory.Path));

        Assert.Equal($"{_directory.Path}: {message}", exception.Message);
    }

    [Fact]
    public void Open_WithoutModelDirectory_SaysWhatIsExpected()
    {
        var exception = Assert.Throws<ModelDirectoryException>(() => ModelDirectory.Open(_directory.Path));

        Assert.Equal(
            $"{_directory.Path} has no directory \"model\"; expected model/ with the files, and ormbfile.yaml beside it.", exception.Message);
    }

    [Theory]
    [InlineData("model/net.onnx")]
    [InlineData("model/sub")]
    [InlineData("model/dangling.onnx")]
    public void Open_WithLink_RefusesIt(string link)
    {
        _directory.Write("model/real.pt", "x");
        var secret = _directory.Write("outside/secret", "y");
        File.CreateSymbolicLink(_directory.Combine(link.Split('/')), link switch
        {
            "model/sub" => _directory.Combine("outside"),
            "model/net.onnx" => secret,
            _ => "/nowhere",
        });

        var exception = Assert.Throws<ModelDirectoryException>(() => ModelDirectory.Open(_directory.Path));

        Assert.StartsWith($"{_directory.Combine(link.Split('/'))} is a link to /", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("put the file itself there, links are not packed.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithNameThatNobodyUnpacks_RefusesIt()
    {
        _directory.Write("model/net.onnx", "x");
        _directory.Write("model/back\\slash", "x");

        var exception = Assert.Throws<ModelDirectoryException>(() => ModelDirectory.Open(_directory.Path));

        Assert.Contains("has a backslash in its path", exception.Message, StringComparison.Ordinal);
    }
}
