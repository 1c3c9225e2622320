using System.Text;
using Klever.Samples;

namespace Klever.Formats.Tests.H5;

public sealed class KerasErrorTests
{
    [Fact]
    public void Extract_OfAGitLfsPointer_SaysSo()
    {
        var pointer = Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n");

        var exception = Assert.Throws<ModelReadException>(() => KerasFiles.Read(pointer));

        Assert.Equal(ModelReadProblem.NotTheFormat, exception.Problem);
        Assert.StartsWith("H5 model/net.h5: this is a Git LFS pointer, not the model", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_OfAZipArchive_NamesTheKerasFormat()
    {
        var exception = Assert.Throws<ModelReadException>(() => KerasFiles.Read([.. "PK\u0003\u0004"u8, .. new byte[100]]));

        Assert.Contains("it is a zip archive, as .keras files are", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an HDF5 file at all")]
    public void Extract_OfSomethingElse_IsRefused(string content)
    {
        var exception = Assert.Throws<ModelReadException>(() => KerasFiles.Read(Encoding.ASCII.GetBytes(content)));

        Assert.Equal(ModelReadProblem.NotTheFormat, exception.Problem);
        Assert.Contains("it is not an HDF5 file: no superblock is found", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"class_name\": ", "model_config is not JSON, at its line 1")]
    [InlineData("{\"class_name\": \"Own\", \"config\": {}}", "does not list the layers of Own")]
    [InlineData("[]", "does not list the layers of Model")]
    [InlineData("{\"class_name\": \"Sequential\", \"config\": [{\"config\": {}}]}", "layer 1 has no class_name")]
    [InlineData("{\"class_name\": \"\\ud800\", \"config\": []}", "half of a surrogate pair")]
    public void Extract_OfABadConfig_SaysWhatIsWrong(string config, string expected)
    {
        var exception = Assert.Throws<ModelReadException>(() => KerasFiles.ReadConfig(config));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public void Extract_WithPythonsBareNumbers_ReadsTheRest(string word)
    {
        var config = KerasFiles.Sequential("[null, 4]", ("Masking", $"\"mask_value\": {word}, \"label\": \"a \\\" {word}\""), ("Dense", "\"units\": 2"));

        var signature = KerasFiles.ReadConfig(config);

        Assert.Equal([-1L, 2L], signature.Outputs[0].Size);
    }

    [Fact]
    public void Extract_OfDeepNesting_NamesTheLimit()
    {
        var config = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);

        var exception = Assert.Throws<ModelReadException>(() => KerasFiles.ReadConfig(config));

        Assert.Equal(ModelReadProblem.LimitExceeded, exception.Problem);
        Assert.Contains("model_config is nested deeper than 100 levels", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_OfModelsThatDoubleInEachOther_NamesTheLimit()
    {
        var model = """{"class_name": "Dense", "config": {"name": "d", "units": 2}}""";
        for (var i = 0; i < 20; i++)
        {
            model = $$$"""
                {"class_name": "Functional", "name": "d", "config": {"name": "d", "layers": [
                {"class_name": "InputLayer", "name": "x", "config": {"name": "x", "batch_input_shape": [null, 2]}, "inbound_nodes": []},
                {{{model[..^1]}}}, "name": "d", "inbound_nodes": [[["x", 0, 0]], [["d", 0, 0]]]} ],
                "input_layers": [["x", 0, 0]], "output_layers": [["d", 1, 0]]}}
                """;
        }

        var exception = Assert.Throws<ModelReadException>(() => KerasFiles.ReadConfig(model));

        Assert.Contains("nested models lead to more than 200000 calls of layers", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_OfALongConfig_NamesTheLimit()
    {
        var file = KerasFile.Write(KerasFiles.Sequential("[null, 4]"), "2.4.0", []);

        var exception = Assert.Throws<ModelReadException>(() => KerasFiles.Read(file, new ReadLimits { MaximumDocumentBytes = 50 }));

        Assert.Equal(ModelReadProblem.LimitExceeded, exception.Problem);
        Assert.Contains("at most 50 are read", exception.Message, StringComparison.Ordinal);
    }
}
