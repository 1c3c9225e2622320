using Klever.Models;

namespace Klever.Formats.Tests.H5;

public sealed class KerasModelTests
{
    [Fact]
    public void Extract_OfALayerCalledTwice_CountsItOnce()
    {
        const string Config =
            """
            {"class_name": "Model", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "a", "inbound_nodes": [], "config": {"name": "a", "batch_input_shape": [null, 4], "dtype": "float32"}},
              {"class_name": "InputLayer", "name": "b", "inbound_nodes": [], "config": {"name": "b", "batch_input_shape": [null, 4], "dtype": "float32"}},
              {"class_name": "Dense", "name": "d", "inbound_nodes": [[["a", 0, 0, {}]], [["b", 0, 0, {}]]], "config": {"name": "d", "units": 2}},
              {"class_name": "Concatenate", "name": "c", "inbound_nodes": [[["d", 0, 0, {}], ["d", 1, 0, {}]]], "config": {"name": "c", "axis": -1}}],
             "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["c", 0, 0]]}}
            """;

        var signature = KerasFiles.ReadConfig(Config);

        Assert.Equal(["a", "b"], signature.Inputs.Select(input => input.Name));
        Assert.Equal([new Tensor { Name = "c", DType = "float32", Size = [-1, 4] }], signature.Outputs);
        Assert.Equal([new LayerCount("Dense", 1), new LayerCount("Concatenate", 1)], signature.Layers);
    }

    [Fact]
    public void Extract_OfALayerWithStates_NamesItsFurtherOutputs()
    {
        const string Config =
            """
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "a", "inbound_nodes": [], "config": {"name": "a", "batch_input_shape": [null, 9, 4], "dtype": "float32"}},
              {"class_name": "LSTM", "name": "l", "inbound_nodes": [[["a", 0, 0, {}]]],
               "config": {"name": "l", "units": 5, "return_sequences": true, "return_state": true}}],
             "input_layers": [["a", 0, 0]], "output_layers": [["l", 0, 0], ["l", 0, 2]]}}
            """;

        var outputs = KerasFiles.ReadConfig(Config).Outputs;

        Assert.Equal(["l", "l:2"], outputs.Select(output => output.Name));
        Assert.Equal([-1L, 9L, 5L], outputs[0].Size);
        Assert.Equal([-1L, 5L], outputs[1].Size);
    }

    [Fact]
    public void Extract_OfANestedModel_CountsItsLayersAndFollowsSizesThroughIt()
    {
        const string Config =
            """
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "a", "inbound_nodes": [], "config": {"name": "a", "batch_input_shape": [null, 4], "dtype": "float32"}},
              {"class_name": "Sequential", "name": "s", "inbound_nodes": [[["a", 1, 0, {}]]], "config": {"name": "s", "layers": [
                {"class_name": "Dense", "config": {"name": "d1", "units": 8}}, {"class_name": "Dense", "config": {"name": "d2", "units": 3}}]}}],
             "input_layers": [["a", 0, 0]], "output_layers": [["s", 1, 0]]}}
            """;

        var signature = KerasFiles.ReadConfig(Config);

        Assert.Equal([new Tensor { Name = "s", DType = "float32", Size = [-1, 3] }], signature.Outputs);
        Assert.Equal([new LayerCount("Dense", 2)], signature.Layers);
    }

    [Fact]
    public void Extract_OfKeras3_TakesRecordedSizesOfUnknownLayers()
    {
        const string Config =
            """
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "a", "inbound_nodes": [], "config": {"name": "a", "batch_shape": [null, 4],
                "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}}}},
              {"class_name": "Warp", "name": "w", "config": {"name": "w"}, "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__",
                "config": {"shape": [null, 4], "dtype": "float32", "keras_history": ["a", 0, 0]}}], "kwargs": {}}]},
              {"class_name": "Dropout", "name": "d", "config": {"name": "d", "dtype": {"class_name": "DTypePolicy", "config": {"name": "mixed_float16"}}},
                "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__",
                "config": {"shape": [null, 6], "dtype": "float32", "keras_history": ["w", 0, 0]}}], "kwargs": {}}]}],
             "input_layers": ["a", 0, 0], "output_layers": ["d", 0, 0]}}
            """;

        var signature = KerasFiles.ReadConfig(Config, "3.4.0");

        Assert.Equal([new Tensor { Name = "a", DType = "float32", Size = [-1, 4] }], signature.Inputs);
        Assert.Equal([new Tensor { Name = "d", DType = "float16", Size = [-1, 6] }], signature.Outputs);
    }

    [Theory]
    [InlineData("""{"class_name": "Dense", "config": {"name": "d1", "units": 2, "batch_input_shape": [null, 3], "dtype": "float32"}}""", "d1_input", "-1,3")]
    [InlineData("""{"class_name": "Dense", "config": {"name": "d1", "output_dim": 2, "input_dim": 3}}""", "d1_input", "-1,3")]
    [InlineData("""{"class_name": "LSTM", "config": {"name": "l1", "output_dim": 2, "input_dim": 3, "input_length": 7}}""", "l1_input", "-1,7,3")]
    [InlineData("""{"class_name": "Embedding", "config": {"name": "e1", "output_dim": 2, "input_dim": 30}}""", "e1_input", "-1,-1")]
    [InlineData("""{"class_name": "Sequential", "config": [{"class_name": "Dense", "config": {"name": "d1", "units": 2, "batch_input_shape": [5, 3]}}], "name": "inner"}""", "inner_input", "5,3")]
    public void Extract_OfASequentialListOfLayers_NamesTheInputAfterTheFirst(string layer, string name, string size)
    {
        var input = Assert.Single(KerasFiles.ReadConfig($$"""{"class_name": "Sequential", "config": [{{layer}}]}""", "1.2.2").Inputs);

        Assert.Equal(name, input.Name);
        Assert.Equal(size.Split(',').Select(long.Parse), input.Size);
        Assert.Equal("float32", input.DType);
    }

    [Fact]
    public void Extract_OfAKeras1Merge_HasTheInputsOfItsBranches()
    {
        const string Config =
            """
            {"class_name": "Sequential", "config": [
              {"class_name": "Merge", "config": {"name": "merge_1", "mode": "concat", "concat_axis": -1, "layers": [
                {"class_name": "Sequential", "config": [{"class_name": "Dense", "config": {"name": "d1", "output_dim": 2, "batch_input_shape": [null, 3]}}]},
                {"class_name": "Sequential", "config": [{"class_name": "Dense", "config": {"name": "d2", "output_dim": 4, "batch_input_shape": [null, 5]}}]}]}},
              {"class_name": "Activation", "config": {"name": "out"}}]}
            """;

        var signature = KerasFiles.ReadConfig(Config, "1.2.2");

        Assert.Equal(["d1_input", "d2_input"], signature.Inputs.Select(input => input.Name));
        Assert.Equal([-1L, 6L], signature.Outputs[0].Size);
        Assert.Equal([new LayerCount("Dense", 2), new LayerCount("Merge", 1), new LayerCount("Activation", 1)], signature.Layers);
    }

    [Fact]
    public void Extract_OfATokenizer_GivesTextInAndIntegersOut()
    {
        const string Config =
            """
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "config": {"name": "text", "batch_input_shape": [null, 1], "dtype": "string"}},
              {"class_name": "TextVectorization", "config": {"name": "t", "dtype": "string", "output_mode": "int", "output_sequence_length": 40}}]}}
            """;

        var signature = KerasFiles.ReadConfig(Config);

        Assert.Equal([new Tensor { Name = "text", DType = "string", Size = [-1, 1] }], signature.Inputs);
        Assert.Equal([new Tensor { Name = "t", DType = "int64", Size = [-1, 40] }], signature.Outputs);
    }
}
