using Klever.Formats.Protobuf;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.NetDef;

public sealed class NetDefReaderTests
{
    [Fact]
    public void Extract_OfTheSample_InfersTheSizeOfItsOutput()
    {
        var signature = ModelBytes.Extract(ModelFormat.NetDef, SampleModels.Files(ModelFormat.NetDef));

        Assert.Equal("data: float32[1, 1, 8, 8]", Assert.Single(signature.Inputs).ToString());
        Assert.Equal("prob: float32[1, 3]", Assert.Single(signature.Outputs).ToString());
        Assert.Equal(
            [new("Conv", 1), new("Relu", 1), new("MaxPool", 1), new("FC", 1), new("Softmax", 1)],
            signature.Layers);
    }

    [Fact]
    public void Extract_WithDeclaredSizes_KeepsThemAndInfersFromThem()
    {
        var input = new Tensor { Name = "data", DType = "float32", Size = [-1, 1, 8, 8] };
        var declared = new Signature { Inputs = [input] };

        var signature = ModelBytes.Extract(ModelFormat.NetDef, SampleModels.Files(ModelFormat.NetDef), declared);

        Assert.Equal("data: float32[-1, 1, 8, 8]", Assert.Single(signature.Inputs).ToString());
        Assert.Equal("prob: float32[-1, 3]", Assert.Single(signature.Outputs).ToString());
    }

    [Fact]
    public void Inputs_AreWhatTheInitNetDoesNotFill()
    {
        var signature = Extract(
            new ProtobufWriter().Operator("GivenTensorFill", [], "w", [2, 2]),
            new ProtobufWriter()
                .Operator("Add", ["a", "b"], "c")
                .Operator("MatMul", ["c", "w"], "y")
                .Text(7, "b").Text(7, "w"));

        Assert.Equal(["b", "a"], signature.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Inputs_WhenAllIsFilled_AreTheConstantsThatComeFirst()
    {
        var signature = Extract(
            new ProtobufWriter().Operator("GivenTensorFill", [], "w", [2, 3]).Operator("ConstantFill", [], "data", [1]),
            new ProtobufWriter().Operator("FC", ["data", "w"], "y").Operator("Copy", ["w"], "z").Text(7, "w").Text(
                7, "data"));

        Assert.Equal(new Tensor { Name = "data", DType = "float32" }, Assert.Single(signature.Inputs));
    }

    [Fact]
    public void Input_OfAnImage_HasTheChannelsOfItsFirstConvolution()
    {
        var signature = Extract(
            new ProtobufWriter().Operator("GivenTensorFill", [], "w", [8, 3, 3, 3]),
            new ProtobufWriter().Operator("Conv", ["data", "w"], "y"));

        Assert.Equal("data: float32[-1, 3, -1, -1]", Assert.Single(signature.Inputs).ToString());
        Assert.Equal("y: float32[-1, 8, -1, -1]", Assert.Single(signature.Outputs).ToString());
    }

    [Fact]
    public void Outputs_WhenNoneIsNamed_AreWhatNobodyConsumes()
    {
        var signature = Extract(
            new ProtobufWriter().Operator("ConstantFill", [], "w", [1]),
            new ProtobufWriter().Operator("Relu", ["x"], "a").Operator("Relu", ["a"], "y").Operator("Abs", ["a"], "z"));

        Assert.Equal(["y", "z"], signature.Outputs.Select(output => output.Name));
    }

    [Theory]
    [InlineData("pad=1", new long[] { -1, 2, 8, 8 })]
    [InlineData("stride=2", new long[] { -1, 2, 3, 3 })]
    [InlineData("pad_t=1 pad_l=2 pad_b=1 pad_r=0", new long[] { -1, 2, 8, 8 })]
    [InlineData("dilation=2", new long[] { -1, 2, 4, 4 })]
    [InlineData("stride=2 pad=1 legacy_pad=3", new long[] { -1, 2, 5, 5 })]
    [InlineData("stride=3 legacy_pad=2", new long[] { -1, 2, 3, 3 })]
    [InlineData("global_pooling=1", new long[] { -1, 2, 1, 1 })]
    public void Pool_OfEightByEight_HasTheSizeOfCaffe2(string arguments, long[] expected)
    {
        var signature = ModelBytes.Extract(
            ModelFormat.NetDef,
            new Dictionary<string, byte[]>
            {
                ["init_net.pb"] = new ProtobufWriter().Operator("ConstantFill", [], "unused", [1]).ToArray(),
                ["predict_net.pb"] = new ProtobufWriter()
                    .Message(2, pool =>
                    {
                        pool.Text(1, "x").Text(2, "y").Text(4, "MaxPool").Message(
                            5, a => a.Text(1, "kernel").Varint(3, 3));
                        foreach (var argument in arguments.Split(' ').Select(text => text.Split('=')))
                        {
                            pool.Message(5, a => a.Text(1, argument[0]).Varint(3, long.Parse(argument[1])));
                        }
                    })
                    .ToArray(),
            },
            new Signature { Inputs = [new Tensor { Name = "x", Size = [-1, 2, 8, 8] }] });

        Assert.Equal(expected, Assert.Single(signature.Outputs).Size);
    }

    [Theory]
    [InlineData("Reshape", "shape", new long[] { 0, -1 }, new long[] { -1, 24 })]
    [InlineData("Transpose", "axes", new long[] { 0, 2, 1 }, new long[] { -1, 6, 4 })]
    [InlineData("ExpandDims", "dims", new long[] { 1 }, new long[] { -1, 1, 4, 6 })]
    [InlineData("ReduceMean", "axes", new long[] { 1 }, new long[] { -1, 1, 6 })]
    [InlineData("Flatten", "none", new long[] { }, new long[] { -1, 24 })]
    [InlineData("Shape", "none", new long[] { }, new long[] { 3 })]
    [InlineData("Softmax", "none", new long[] { }, new long[] { -1, 4, 6 })]
    [InlineData("Pow", "exponent", new long[] { 2 }, new long[] { -1, 4, 6 })]
    public void Operator_OnThreeDimensions_HasTheSizeOfCaffe2(
        string type, string argument, long[] numbers, long[] expected)
    {
        var signature = ModelBytes.Extract(
            ModelFormat.NetDef,
            new Dictionary<string, byte[]>
            {
                ["init_net.pb"] = new ProtobufWriter().Operator("ConstantFill", [], "unused", [1]).ToArray(),
                ["predict_net.pb"] = new ProtobufWriter().Operator(type, ["x"], "y", numbers, argument).ToArray(),
            },
            new Signature { Inputs = [new Tensor { Name = "x", Size = [-1, 4, 6] }] });

        Assert.Equal(expected, Assert.Single(signature.Outputs).Size);
    }

    [Fact]
    public void Extract_OfANetWithoutOperators_IsAnError()
    {
        var error = Assert.Throws<ModelReadException>(
            () => Extract(new ProtobufWriter().Text(1, "empty"), new ProtobufWriter()));

        Assert.Equal("NetDef model/init_net.pb: the net has no operators (field 2)", error.Message);
    }

    private static Signature Extract(ProtobufWriter init, ProtobufWriter predict) => ModelBytes.Extract(
        ModelFormat.NetDef,
        new Dictionary<string, byte[]> { ["init_net.pb"] = init.ToArray(), ["predict_net.pb"] = predict.ToArray() });
}
