using Klever.Formats.Tests.Protobuf;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.MXNet;

public class MXNetModelReaderTests
{
    private const string Classifier =
        """
        data = null()
        fc_weight = null()
        fc = FullyConnected(data, fc_weight) num_hidden=10 no_bias=True
        target = null()
        out = SoftmaxOutput(fc, target)
        """;

    [Fact]
    public void Sample_IsDescribed_WithTheSizesThatTheOrmbfileDeclares()
    {
        var declared = new Signature { Inputs = [new Tensor { Name = "data", Size = [1, 1, 8, 8] }] };

        var signature = ModelBytes.Extract(ModelFormat.MXNetParams, SampleModels.Files(ModelFormat.MXNetParams), declared);

        Assert.Equal([new Tensor { Name = "data", DType = "float32", Size = [1, 1, 8, 8] }], signature.Inputs);
        Assert.Equal([new Tensor { Name = "softmax", DType = "float32", Size = [1, 3] }], signature.Outputs);
        Assert.Equal(
            ["Convolution", "Activation", "Pooling", "FullyConnected", "SoftmaxOutput"],
            signature.Layers.Select(layer => layer.Type));
    }

    [Theory]
    [InlineData("param")]
    [InlineData("attr")]
    [InlineData("attrs")]
    public void Attributes_AreReadUnderTheNameOfEachEra(string key)
    {
        var parameters = new ParamsText().Add("arg:fc_weight", version: 0, [10, 3]).ToArray();

        var signature = SymbolText.Extract(SymbolText.ToJson(Classifier, key), parameters);

        Assert.Equal(["data"], signature.Inputs.Select(input => input.Name));
        Assert.Equal([-1, 10], signature.Outputs.Single().Size);
    }

    [Fact]
    public void Attributes_OfTwoEras_AreMerged_AndTheNewerWins()
    {
        const string Json =
            """
            {"nodes": [{"op": "null", "name": "x", "param": {}, "backward_source_id": -1, "inputs": []},
              {"op": "FullyConnected", "name": "fc", "attrs": {"num_hidden": "7"}, "param": {"num_hidden": "3", "flatten": "False"},
               "inputs": [[0, 0]], "backward_source_id": -1}],
             "heads": [[1, 0]], "arg_nodes": [0]}
            """;

        var signature = SymbolText.Extract(Json, parameters: null, new Tensor { Name = "x", Size = [2, 5, 4] });

        Assert.Equal([2, 5, 7], signature.Outputs.Single().Size);
    }

    [Theory]
    [InlineData(true, "arg:fc_weight")]
    [InlineData(true, "fc_weight")]
    [InlineData(true, "0.weight")]
    [InlineData(false, "")]
    public void Inputs_AreTheVariablesThatAreNeitherParametersNorLabels(bool hasNames, string name)
    {
        var parameters = new ParamsText().Add(name, version: 2, [10, 3]).ToArray(hasNames);

        var signature = SymbolText.Extract(SymbolText.ToJson(Classifier), parameters);

        Assert.Equal(["data"], signature.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Input_SaysItsOwnSizeAndType()
    {
        var signature = SymbolText.Extract(
            SymbolText.ToJson("x = null() __shape__=(0,3,224,-1) __dtype__=2\ny = relu(x)"),
            parameters: null,
            new Tensor { Name = "x", Size = [8, 3, 224, 224] });

        Assert.Equal([new Tensor { Name = "x", DType = "float16", Size = [8, 3, 224, 224] }], signature.Inputs);
        Assert.Equal([new Tensor { Name = "y", DType = "float16", Size = [8, 3, 224, 224] }], signature.Outputs);
    }

    [Fact]
    public void Outputs_OfANodeWithSeveral_AreNumbered()
    {
        var json = SymbolText.ToJson("x = null() __shape__=(1,6)\ns = SliceChannel(x) num_outputs=3")
            .Replace("[[1, 0, 0]]", "[[1, 0, 0], [1, 2, 0]]", StringComparison.Ordinal);

        var signature = SymbolText.Extract(json);

        Assert.Equal(["s", "s2"], signature.Outputs.Select(output => output.Name));
        Assert.Equal([1, 2], signature.Outputs[1].Size);
    }

    [Theory]
    [InlineData("{", "MXNetParams model/net-symbol.json: not JSON: line 1, byte 1")]
    [InlineData("{}", "MXNetParams model/net-symbol.json: no \"nodes\" in it, so it is not an MXNet symbol")]
    [InlineData("[]", "MXNetParams model/net-symbol.json: the document is StartArray, not StartObject; this is not an MXNet symbol, at byte 0")]
    [InlineData("{\"nodes\": [{\"op\": \"null\"}]}", "MXNetParams model/net-symbol.json: no \"heads\" in it, so it is not an MXNet symbol")]
    [InlineData("{\"nodes\": [{\"name\": \"x\"}]}", "MXNetParams model/net-symbol.json: node 0 has no \"op\", at byte 11")]
    [InlineData(
        "{\"nodes\": [{\"op\": \"relu\", \"name\": \"x\", \"inputs\": [[7, 0, 0]]}], \"heads\": [[0, 0]]}",
        "MXNetParams model/net-symbol.json: node \"x\" (relu) refers to output 0 of node 7; there are 1 nodes")]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1\n",
        "MXNetParams model/net-symbol.json: this is a Git LFS pointer, not the model; run \"git lfs pull\" where it was cloned and push the model again")]
    public void Symbol_ThatIsWrong_IsRefused(string json, string message)
    {
        var exception = Assert.Throws<ModelReadException>(() => SymbolText.Extract(json));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void Symbol_NestedTooDeep_IsRefused()
    {
        var json = "{\"x\": " + new string('[', 100_000);

        var exception = Assert.Throws<ModelReadException>(() => SymbolText.Extract(json));

        Assert.Equal(ModelReadProblem.NotTheFormat, exception.Problem);
    }

    [Fact]
    public void Symbol_ThatRefersToItself_HasNoSizes()
    {
        var json = SymbolText.ToJson("x = null() __shape__=(1,6)\ny = relu(x)")
            .Replace("[[0, 0, 0]]", "[[1, 0, 0]]", StringComparison.Ordinal);

        Assert.Null(SymbolText.Extract(json).Outputs.Single().Size);
    }
}
