namespace Klever.Formats.Tests.H5;

public sealed class KerasShapeTests
{
    [Theory]
    [InlineData("Dense", "[null, 7]", "'units': 3", "-1,3")]
    [InlineData("Dense", "[null, 5, 7]", "'units': 3", "-1,5,3")]
    [InlineData("Flatten", "[null, 5, 7]", "", "-1,35")]
    [InlineData("Flatten", "[null, null, 7]", "", "-1,-1")]
    [InlineData("Flatten", "[4]", "", "4,1")]
    [InlineData("Reshape", "[null, 6, 4]", "'target_shape': [3, -1]", "-1,3,8")]
    [InlineData("Reshape", "[null, null]", "'target_shape': [-1, 2]", "-1,-1,2")]
    [InlineData("Reshape", "[null, 8]", "'target_shape': {'class_name': '__tuple__', 'items': [2, 4]}", "-1,2,4")]
    [InlineData("Permute", "[null, 5, 7]", "'dims': [2, 1]", "-1,7,5")]
    [InlineData("RepeatVector", "[null, 5]", "'n': 3", "-1,3,5")]
    [InlineData("Embedding", "[null, 10]", "'input_dim': 100, 'output_dim': 16", "-1,10,16")]
    [InlineData("Conv1D", "[null, 20, 4]", "'filters': 8, 'kernel_size': [3], 'strides': [2], 'padding': 'causal'", "-1,10,8")]
    [InlineData("Conv2D", "[null, 28, 28, 1]", "'filters': 8, 'kernel_size': [3, 3], 'strides': [2, 2], 'padding': 'valid'", "-1,13,13,8")]
    [InlineData("Conv2D", "[null, 28, 28, 1]", "'filters': 8, 'kernel_size': [3, 3], 'padding': 'valid', 'dilation_rate': [2, 2]", "-1,24,24,8")]
    [InlineData("Conv2D", "[null, 3, 20, 20]", "'filters': 6, 'kernel_size': 3, 'data_format': 'channels_first'", "-1,6,18,18")]
    [InlineData("Convolution2D", "[null, 3, 20, 20]", "'nb_filter': 6, 'nb_row': 3, 'nb_col': 5, 'dim_ordering': 'th'", "-1,6,18,16")]
    [InlineData("Conv3D", "[null, 8, 8, 8, 1]", "'filters': 2, 'kernel_size': [2, 2, 2]", "-1,7,7,7,2")]
    [InlineData("SeparableConv2D", "[null, 9, 9, 2]", "'filters': 5, 'kernel_size': [3, 3], 'padding': 'same', 'strides': [2, 2]", "-1,5,5,5")]
    [InlineData("DepthwiseConv2D", "[null, 9, 9, 2]", "'kernel_size': [3, 3], 'depth_multiplier': 3", "-1,7,7,6")]
    [InlineData("Conv2DTranspose", "[null, 5, 5, 2]", "'filters': 4, 'kernel_size': [3, 3], 'strides': [2, 2], 'padding': 'same'", "-1,10,10,4")]
    [InlineData("Conv2DTranspose", "[null, 5, 5, 2]", "'filters': 4, 'kernel_size': [3, 3], 'strides': [2, 2], 'padding': 'valid'", "-1,11,11,4")]
    [InlineData("Conv2DTranspose", "[null, 5, 5, 2]", "'filters': 4, 'kernel_size': 3, 'strides': 2, 'padding': 'same', 'output_padding': 1", "-1,10,10,4")]
    [InlineData("MaxPooling2D", "[null, 7, 7, 2]", "'pool_size': [2, 2], 'strides': null, 'padding': 'valid'", "-1,3,3,2")]
    [InlineData("AveragePooling2D", "[null, 7, 7, 2]", "'pool_size': [3, 3], 'strides': [2, 2], 'padding': 'same'", "-1,4,4,2")]
    [InlineData("MaxPooling1D", "[null, 7, 2]", "'pool_length': 2, 'stride': 2, 'border_mode': 'valid'", "-1,3,2")]
    [InlineData("GlobalAveragePooling2D", "[null, 7, 7, 2]", "", "-1,2")]
    [InlineData("GlobalAveragePooling2D", "[null, 7, 7, 2]", "'keepdims': true", "-1,1,1,2")]
    [InlineData("UpSampling2D", "[null, 7, null, 2]", "'size': [2, 3]", "-1,14,-1,2")]
    [InlineData("ZeroPadding2D", "[null, 7, 7, 2]", "'padding': [[1, 2], [3, 4]]", "-1,10,14,2")]
    [InlineData("ZeroPadding1D", "[null, 7, 2]", "'padding': [1, 2]", "-1,10,2")]
    [InlineData("Cropping2D", "[null, 7, 7, 2]", "'cropping': [1, 2]", "-1,5,3,2")]
    [InlineData("LSTM", "[null, 10, 4]", "'units': 6", "-1,6")]
    [InlineData("LSTM", "[16, 60, 4]", "'units': 6, 'return_sequences': true", "16,60,6")]
    [InlineData("GRU", "[null, null, 4]", "'output_dim': 6, 'return_sequences': true", "-1,-1,6")]
    [InlineData("RNN", "[null, 5, 4]", "'cell': {'class_name': 'LSTMCell', 'config': {'units': 9}}", "-1,9")]
    [InlineData("ConvLSTM2D", "[null, 5, 8, 8, 1]", "'filters': 3, 'kernel_size': [3, 3], 'padding': 'same', 'return_sequences': true", "-1,5,8,8,3")]
    [InlineData("Bidirectional", "[null, 5, 4]", "'merge_mode': 'concat', 'layer': {'class_name': 'GRU', 'config': {'units': 3}}", "-1,6")]
    [InlineData("Bidirectional", "[null, 5, 4]", "'merge_mode': 'sum', 'layer': {'class_name': 'GRU', 'config': {'units': 3}}", "-1,3")]
    [InlineData("TimeDistributed", "[null, 5, 8, 8, 1]", "'layer': {'class_name': 'Conv2D', 'config': {'filters': 2, 'kernel_size': 3}}", "-1,5,6,6,2")]
    [InlineData("EinsumDense", "[null, 5, 7]", "'equation': 'abc,cd->abd', 'output_shape': [null, 9]", "-1,5,9")]
    [InlineData("Resizing", "[null, 5, 7, 3]", "'height': 10, 'width': 20", "-1,10,20,3")]
    [InlineData("CategoryEncoding", "[null, 5]", "'num_tokens': 10, 'output_mode': 'multi_hot'", "-1,10")]
    [InlineData("Lambda", "[null, 5]", "'output_shape': [3]", "-1,3")]
    [InlineData("Dropout", "[null, 5, 7]", "'rate': 0.5", "-1,5,7")]
    [InlineData("MultiHeadAttention", "[null, 5, 7]", "'num_heads': 2, 'key_dim': 3", "-1,5,7")]
    public void Extract_OfOneLayer_GivesTheSizeOfItsOutput(string layer, string input, string settings, string expected)
    {
        var config = KerasFiles.Sequential(input, (layer, settings.Replace('\'', '"')));

        var output = Assert.Single(KerasFiles.ReadConfig(config).Outputs);

        Assert.Equal(expected.Split(',').Select(long.Parse), output.Size);
    }

    [Fact]
    public void Extract_OfAnUnknownLayer_LeavesTheSizeOut()
    {
        var config = KerasFiles.Sequential("[null, 4]", ("Research>Warp", ""));

        var signature = KerasFiles.ReadConfig(config);

        Assert.Null(Assert.Single(signature.Outputs).Size);
        Assert.Equal("Research>Warp", Assert.Single(signature.Layers).Type);
    }

    [Fact]
    public void Extract_AfterAnUnknownLayer_KnowsWhatTheNextLayersSay()
    {
        var config = KerasFiles.Sequential(
            "[null, 8, 8, 3]", ("Warp", ""), ("Conv2D", "\"filters\": 4, \"kernel_size\": 3"), ("Flatten", ""), ("Dense", "\"units\": 2"));

        var signature = KerasFiles.ReadConfig(config);

        Assert.Equal([-1L, 2L], signature.Outputs[0].Size);
    }
}
