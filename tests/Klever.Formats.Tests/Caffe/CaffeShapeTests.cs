namespace Klever.Formats.Tests.Caffe;

public class CaffeShapeTests
{
    [Theory]
    [InlineData("type: 'Convolution' convolution_param { num_output: 8 kernel_size: 3 stride: 2 pad: 1 }", "1 3 10 11", "1 8 5 6")]
    [InlineData("type: 'Convolution' convolution_param { num_output: 8 kernel_h: 3 kernel_w: 1 pad_h: 1 }", "1 3 10 11", "1 8 10 11")]
    [InlineData("type: 'Convolution' convolution_param { num_output: 8 kernel_size: [3, 5] dilation: 2 }", "1 3 20 20", "1 8 16 12")]
    [InlineData("type: 'Convolution' convolution_param { num_output: 2 kernel_size: 3 }", "1 3 8 8 8", "1 2 6 6 6")]
    [InlineData("type: 'Deconvolution' convolution_param { num_output: 2 kernel_size: 4 stride: 2 pad: 1 }", "1 3 8 8", "1 2 16 16")]
    [InlineData("type: 'Pooling' pooling_param { kernel_size: 3 stride: 2 }", "1 3 112 112", "1 3 56 56")]
    [InlineData("type: 'Pooling' pooling_param { kernel_size: 2 stride: 2 pad: 1 }", "1 3 5 5", "1 3 3 3")]
    [InlineData("type: 'Pooling' pooling_param { kernel_size: 1 stride: 3 pad: 0 }", "1 3 5 5", "1 3 3 3")]
    [InlineData("type: 'Pooling' pooling_param { kernel_size: 3 stride: 2 round_mode: FLOOR }", "1 3 112 112", "1 3 55 55")]
    [InlineData("type: 'Pooling' pooling_param { global_pooling: true pool: AVE }", "2 3 7 9", "2 3 1 1")]
    [InlineData("type: 'InnerProduct' inner_product_param { num_output: 10 }", "4 3 7 9", "4 10")]
    [InlineData("type: 'InnerProduct' inner_product_param { num_output: 10 axis: -1 }", "4 3 7 9", "4 3 7 10")]
    [InlineData("type: 'Flatten'", "4 3 7 9", "4 189")]
    [InlineData("type: 'Flatten' flatten_param { axis: 1 end_axis: 2 }", "4 3 7 9", "4 21 9")]
    [InlineData("type: 'Reshape' reshape_param { shape { dim: 0 dim: -1 dim: 9 } }", "4 3 7 9", "4 21 9")]
    [InlineData("type: 'Reshape' reshape_param { shape { dim: 7 dim: -1 } axis: 1 num_axes: 2 }", "4 3 7 9", "4 7 3 9")]
    [InlineData("type: 'Permute' permute_param { order: 0 order: 2 order: 3 order: 1 }", "4 3 7 9", "4 7 9 3")]
    [InlineData("type: 'Permute' permute_param { order: 1 }", "4 3 7 9", "3 4 7 9")]
    [InlineData("type: 'ArgMax' argmax_param { axis: 1 top_k: 2 }", "4 3 7 9", "4 2 7 9")]
    [InlineData("type: 'ArgMax' argmax_param { out_max_val: true top_k: 5 }", "4 100", "4 2 5")]
    [InlineData("type: 'Reduction' reduction_param { axis: 2 }", "4 3 7 9", "4 3")]
    [InlineData("type: 'Tile' tile_param { axis: 2 tiles: 3 }", "4 3 7 9", "4 3 21 9")]
    [InlineData("type: 'Embed' embed_param { num_output: 16 input_dim: 100 }", "4 3", "4 3 16")]
    [InlineData("type: 'LSTM' recurrent_param { num_output: 32 }", "5 2 7", "5 2 32")]
    [InlineData("type: 'SPP' spp_param { pyramid_height: 3 }", "4 3 7 9", "4 63")]
    [InlineData("type: 'Interp' interp_param { zoom_factor: 2 }", "1 3 5 5", "1 3 9 9")]
    [InlineData("type: 'Upsample' upsample_param { scale: 2 }", "1 3 5 6", "1 3 10 12")]
    [InlineData("type: 'DetectionOutput'", "1 20", "1 1 -1 7")]
    public void Layer_OfOneBlob_HasTheSizeThatCaffeGivesIt(string layer, string input, string expected)
    {
        Assert.Equal(expected.Split(' ').Select(long.Parse), PrototxtModel.SizeOf(layer, input));
    }

    [Theory]
    [InlineData("type: 'Concat'", "1 3 7 9", "1 5 7 9", "1 8 7 9")]
    [InlineData("type: 'Concat' concat_param { concat_dim: 2 }", "1 3 7 9", "1 3 5 9", "1 3 12 9")]
    [InlineData("type: 'Eltwise' eltwise_param { operation: MAX }", "1 3 7 9", "1 3 7 9", "1 3 7 9")]
    [InlineData("type: 'Crop' crop_param { axis: 2 offset: 1 }", "1 3 7 9", "1 8 5 6", "1 3 5 6")]
    [InlineData("type: 'PriorBox' prior_box_param { min_size: 60 max_size: 110 aspect_ratio: 2 aspect_ratio: 3 }", "1 8 19 19", "1 3 300 300", "1 2 8664")]
    [InlineData("type: 'ROIPooling' roi_pooling_param { pooled_h: 6 pooled_w: 7 }", "1 256 14 14", "300 5", "300 256 6 7")]
    public void Layer_OfTwoBlobs_HasTheSizeThatCaffeGivesIt(string layer, string first, string second, string expected)
    {
        Assert.Equal(expected.Split(' ').Select(long.Parse), PrototxtModel.SizeOf(layer, first, second));
    }

    [Fact]
    public void Slice_GivesEachTopItsPart()
    {
        var signature = PrototxtModel.Extract(
            "input: 'x' input_shape { dim: 1 dim: 10 } "
            + "layer { type: 'Slice' bottom: 'x' top: 'a' top: 'b' top: 'c' slice_param { slice_point: 2 slice_point: 7 } }");

        Assert.Equal([[1, 2], [1, 5], [1, 3]], signature.Outputs.Select(output => output.Size!.ToArray()));
    }

    [Fact]
    public void UnknownLayer_LeavesSizesOut()
    {
        Assert.Null(PrototxtModel.SizeOf("type: 'Python' python_param { module: 'm' layer: 'L' }", "1 3"));
    }

    [Fact]
    public void HugeParameters_GiveUnknownDimensions()
    {
        var size = PrototxtModel.SizeOf(
            "type: 'Deconvolution' convolution_param { num_output: 9000000000 kernel_size: 9223372036854775807 stride: 5 }", "1 3 8 8");

        Assert.Equal([1, -1, -1, -1], size);
    }
}
