using System.Text.RegularExpressions;
using Klever.Conversion.CaffeToNetDef;
using Klever.Conversion.Tests.NetDefToOnnx;
using Klever.Conversion.Tests.Onnx;
using Klever.Formats.Protobuf;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests.Caffe;

/// <summary>Layers that OpenCV does not read, or reads otherwise: compared with their definition in Caffe, written out.</summary>
public class CaffeLayerTests
{
    private static readonly float[] Image = [-1, 0.5f, 2, 8];

    [Theory]
    [InlineData("type: 'ReLU6'", new[] { 0f, 0.5f, 2, 6 })]
    [InlineData("type: 'Clip' clip_param { min: -0.5 max: 3 }", new[] { -0.5f, 0.5f, 2, 3 })]
    [InlineData("type: 'Swish' swish_param { beta: 2 }", new[] { -0.119203f, 0.365529f, 1.964028f, 7.9999991f })]
    [InlineData("type: 'Log' log_param { shift: 2 }", new[] { 0f, 0.916291f, 1.386294f, 2.302585f })]
    [InlineData("type: 'Log' log_param { shift: 2 base: 2 }", new[] { 0f, 1.321928f, 2, 3.321928f })]
    [InlineData("type: 'Exp'", new[] { 0.367879f, 1.648721f, 7.389056f, 2980.957987f })]
    [InlineData("type: 'Bias'", new[] { 2f, 3.5f, 5, 11 })]
    [InlineData("type: 'Scale'", new[] { -3f, 1.5f, 6, 24 })]
    public void Layer_GivesTheNumbersOfItsDefinition(string layer, float[] expected)
    {
        OnnxRun.AssertClose(new Values([1, 1, 2, 2], expected), Run(layer, [1, 1, 2, 2]));
    }

    [Fact]
    public void Reduction_GivesSumsAndMeans()
    {
        OnnxRun.AssertClose(new Values([1, 1], [9.5f]), Run("type: 'Reduction' reduction_param { axis: 2 }", [1, 1, 2, 2]));
        OnnxRun.AssertClose(
            new Values([1], [2.375f]), Run("type: 'Reduction' reduction_param { operation: MEAN axis: 1 }", [1, 1, 2, 2]));
    }

    [Theory]
    [InlineData("ASUM", 11.5f)]
    [InlineData("SUMSQ", 69.25f)]
    [InlineData("MEAN", 2.375f)]
    public void Reduction_OfOtherSums_IsMultiplied(string operation, float expected)
    {
        OnnxRun.AssertClose(
            new Values([1], [expected * 2]),
            Run($"type: 'Reduction' reduction_param {{ operation: {operation} axis: 1 coeff: 2 }}", [1, 1, 2, 2]));
    }

    [Fact]
    public void Interp_DrawsLinesBetweenPixels()
    {
        OnnxRun.AssertClose(
            new Values([1, 1, 3, 3], [-1, -0.25f, 0.5f, 0.5f, 2.375f, 4.25f, 2, 5, 8]),
            Run("type: 'Interp' interp_param { height: 3 width: 3 }", [1, 1, 2, 2]));
    }

    [Fact]
    public void ShuffleChannel_TurnsGroups()
    {
        OnnxRun.AssertClose(
            new Values([1, 4, 1, 1], [-1, 2, 0.5f, 8]),
            Run("type: 'ShuffleChannel' shuffle_channel_param { group: 2 }", [1, 4, 1, 1]));
    }

    [Fact]
    public void Axpy_IsAProductAndASum()
    {
        OnnxRun.AssertClose(
            new Values([1, 4, 1, 1], [0, 0.75f, 6, 72]), Run("type: 'Axpy' bottom: 'x' bottom: 'x'", [1, 4, 1, 1]));
    }

    [Fact]
    public void Tile_RepeatsAnAxis()
    {
        OnnxRun.AssertClose(
            new Values([1, 4, 2], [-1, 0.5f, 2, 8, -1, 0.5f, 2, 8]), Run("type: 'Tile' tile_param { axis: 1 tiles: 2 }", [1, 2, 2]));
    }

    [Fact]
    public void Upsample_RepeatsPixels()
    {
        OnnxRun.AssertClose(
            new Values([1, 1, 4, 4], [-1, -1, 0.5f, 0.5f, -1, -1, 0.5f, 0.5f, 2, 2, 8, 8, 2, 2, 8, 8]),
            Run("type: 'Upsample' upsample_param { scale: 2 }", [1, 1, 2, 2]));
    }

    [Fact]
    public void SoftmaxWithLoss_IsItsSoftmax_WithoutTheLabel()
    {
        OnnxRun.AssertClose(
            new Values([1, 4], [0.000123f, 0.000551f, 0.002471f, 0.996855f]),
            Run("type: 'SoftmaxWithLoss' bottom: 'label'", [1, 4], "input: 'label' input_shape { dim: 1 }"));
    }

    [Theory]
    [InlineData("DepthwiseConvolution")]
    [InlineData("ConvolutionDepthwise")]
    public void DepthwiseConvolution_HasAFilterForEachChannel(string type)
    {
        OnnxRun.AssertClose(
            new Values([1, 4, 1, 1], [0, 0.5f, 4, 24]),
            Run(
                $"type: '{type}' convolution_param {{ num_output: 4 kernel_size: 1 bias_term: false }}", [1, 4, 1, 1],
                weight: [4, 1]));
    }

    [Fact]
    public void Split_Copies()
    {
        OnnxRun.AssertClose(new Values([1, 4], Image), Run("type: 'Split' top: 'z'", [1, 4]));
    }

    [Fact]
    public void Table_HasATestForEveryLayer()
    {
        string[] here =
        [
            "Axpy", "Bias", "Clip", "ConvolutionDepthwise", "DepthwiseConvolution", "Interp", "Log", "ReLU6", "Reduction",
            "ShuffleChannel", "SoftmaxWithLoss", "Split", "Swish", "Tile", "Upsample",
        ];
        var goldens = GoldenCase.Names.SelectMany(row => Regex.Matches(
            File.ReadAllText(Path.Combine(GoldenCase.Folder, row.Data, "net.prototxt")), "type: \"(\\w+)\"").Select(match => match.Groups[1].Value));

        Assert.Empty(CaffeConversion.Supported.Except(goldens).Except(here));
    }

    [Fact]
    public void InnerProduct_WithTransposedWeights_IsTurned()
    {
        // y = x · W with W of [4, 2], in which the number at (i, j) is 2i + j
        OnnxRun.AssertClose(
            new Values([1, 2], [57, 66.5f]),
            Run(
                "type: 'InnerProduct' inner_product_param { num_output: 2 bias_term: false transpose: true }",
                [1, 4],
                weight: [4, 2]));
    }

    private static Values Run(string layer, long[] size, string more = "", long[]? weight = null)
    {
        using var directory = new TemporaryDirectory();
        var shape = string.Join(' ', size.Select(length => $"dim: {length}"));
        directory.Write(
            "source/model/net.prototxt",
            $"input: 'x' input_shape {{ {shape} }} {more} layer {{ name: 'l' bottom: 'x' top: 'y' {layer} }}");
        float[] values = weight is null ? [3] : [.. Enumerable.Range(0, (int)(weight[0] * weight[1])).Select(i => (float)i)];
        directory.Write("source/model/net.caffemodel", new ProtobufWriter()
            .Message(100, message => message.Text(1, "l").Text(2, "Scale").Message(7, blob => blob
                .Bytes(5, [.. values.SelectMany(BitConverter.GetBytes)])
                .Message(7, dimensions => dimensions.Packed(1, weight ?? [1]))))
            .Written);
        Directory.CreateDirectory(directory.Combine("target"));
        ModelConverters.Get(ModelFormat.CaffeModel, ModelFormat.NetDef).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
        });
        return NetFiles.Run(
            directory.Combine("target", "model"), new Dictionary<string, Values> { ["x"] = new(size, Image) })["y"];
    }
}
