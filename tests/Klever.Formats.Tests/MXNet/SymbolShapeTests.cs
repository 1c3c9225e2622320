namespace Klever.Formats.Tests.MXNet;

public class SymbolShapeTests
{
    [Theory]
    [InlineData("Convolution(x) kernel=(3,3) stride=(2,2) pad=(1,1) num_filter=8", "1,3,10,11", "1,8,5,6")]
    [InlineData("Convolution(x) kernel=(3,) num_filter=8L dilate=(2,)", "1,3,10", "1,8,6")]
    [InlineData("Convolution(x) kernel=(3,3) num_filter=8 layout=NHWC", "1,10,11,3", "1,8,9,8")]
    [InlineData("Deconvolution(x) kernel=(4,4) stride=(2,2) pad=(1,1) num_filter=2", "1,3,8,8", "1,2,16,16")]
    [InlineData("Deconvolution(x) kernel=(3,3) stride=(2,2) pad=(1,1) adj=(1,1) num_filter=2", "1,3,8,8", "1,2,16,16")]
    [InlineData("Deconvolution(x) kernel=(3,3) stride=(2,2) target_shape=(20,21) num_filter=2", "1,3,8,8", "1,2,20,21")]
    [InlineData("Pooling(x) kernel=(3,3) stride=(2,2) pool_type=max", "1,3,112,112", "1,3,55,55")]
    [InlineData("Pooling(x) kernel=(3,3) stride=(2,2) pooling_convention=full", "1,3,112,112", "1,3,56,56")]
    [InlineData("Pooling(x) global_pool=True pool_type=avg", "1,3,7,9", "1,3,1,1")]
    [InlineData("FullyConnected(x) num_hidden=10", "4,3,7,9", "4,10")]
    [InlineData("FullyConnected(x) num_hidden=10 flatten=False", "4,3,7,9", "4,3,7,10")]
    [InlineData("Flatten(x)", "4,3,7,9", "4,189")]
    [InlineData("Reshape(x) shape=(0,-1)", "4,3,7,9", "4,189")]
    [InlineData("Reshape(x) shape=(0,-1,7)", "-1,3,7,9", "-1,27,7")]
    [InlineData("Reshape(x) shape=(-2,-1)", "-1,3,7", "-1,3,7,1")]
    [InlineData("Reshape(x) shape=(2,-1,7)", "-1,3,7,9", "2,-1,7")]
    [InlineData("Reshape(x) shape=(-3,-2)", "4,3,7,9", "12,7,9")]
    [InlineData("Reshape(x) shape=(0,-4,-1,3,-2)", "4,6,7,9", "4,2,3,7,9")]
    [InlineData("Reshape(x) shape=(-1,0) reverse=True", "4,3,7,9", "84,9")]
    [InlineData("Reshape(x) target_shape=(0,63) keep_highest=False", "4,3,7,9", "12,63")]
    [InlineData("SliceChannel(x) num_outputs=3 squeeze_axis=True", "4,3,7", "4,7")]
    [InlineData("slice_axis(x) axis=1 begin=-2 end=None", "4,3,7", "4,2,7")]
    [InlineData("slice(x) begin=(None,1) end=(2,3)", "4,3,7", "2,2,7")]
    [InlineData("slice(x) begin=(None,) end=(None,) step=(-1,)", "4,3", "4,3")]
    [InlineData("transpose(x)", "4,3,7", "7,3,4")]
    [InlineData("transpose(x) axes=(0,2,1)", "4,3,7", "4,7,3")]
    [InlineData("SwapAxis(x) dim1=0 dim2=2", "4,3,7", "7,3,4")]
    [InlineData("expand_dims(x) axis=-1", "4,3", "4,3,1")]
    [InlineData("squeeze(x) axis=(1,)", "4,1,1", "4,1")]
    [InlineData("mean(x) axis=(2,3) keepdims=True", "4,3,7,9", "4,3,1,1")]
    [InlineData("sum(x) axis=1 exclude=True", "4,3,7", "3")]
    [InlineData("max(x)", "4,3,7", "1")]
    [InlineData("argmax(x) axis=1", "4,3,7", "4,7")]
    [InlineData("topk(x) k=2 ret_typ=value", "4,3,7", "4,3,2")]
    [InlineData("Embedding(x) input_dim=100 output_dim=16", "4,3", "4,3,16")]
    [InlineData("one_hot(x) depth=5", "4,3", "4,3,5")]
    [InlineData("UpSampling(x) scale=2 sample_type=nearest num_args=1", "1,3,5,6", "1,3,10,12")]
    [InlineData("_contrib_BilinearResize2D(x) height=20 width=30", "1,3,5,6", "1,3,20,30")]
    [InlineData("_contrib_AdaptiveAvgPooling2D(x) output_size=1", "1,3,5,6", "1,3,1,1")]
    [InlineData("Pad(x) mode=edge pad_width=(0,0,0,0,1,2,3,4)", "1,3,5,6", "1,3,8,13")]
    [InlineData("tile(x) reps=(2,1,3)", "4,3", "2,4,9")]
    [InlineData("repeat(x) repeats=3 axis=0", "4,3", "12,3")]
    [InlineData("stack(x,x) axis=1 num_args=2", "4,3", "4,2,3")]
    [InlineData("Concat(x,x) dim=1 num_args=2", "4,3", "4,6")]
    [InlineData("broadcast_add(x,x)", "4,3", "4,3")]
    [InlineData("dot(x,x) transpose_b=True", "4,3", "4,4")]
    [InlineData("batch_dot(x,x) transpose_a=True", "2,4,3", "2,3,3")]
    [InlineData("_contrib_MultiBoxPrior(x) sizes=(0.2,0.3) ratios=(1,2,0.5)", "1,3,5,6", "1,120,4")]
    [InlineData("depth_to_space(x) block_size=2", "1,8,5,6", "1,2,10,12")]
    [InlineData("_arange() start=0 stop=10 step=3", "1", "4")]
    [InlineData("shape_array(x)", "4,3,7", "3")]
    [InlineData("LeakyReLU(x) act_type=prelu", "-1,3", "-1,3")]
    public void Operation_HasTheSizeThatMXNetGivesIt(string operation, string input, string expected)
    {
        var json = SymbolText.ToJson($"x = null() __shape__=({input})\ny = {operation}");

        var output = SymbolText.Extract(json).Outputs.Single();

        Assert.Equal(expected.Split(',').Select(long.Parse), output.Size);
    }

    [Theory]
    [InlineData("Custom(x) op_type=mine")]
    [InlineData("transpose(x) axes=(0,9)")]
    [InlineData("Reshape(x) shape=(-7,)")]
    [InlineData("Convolution(x) kernel=large")]
    public void Operation_ThatCannotBeFollowed_HasNoSize(string operation)
    {
        var json = SymbolText.ToJson($"x = null() __shape__=(2,3,4)\ny = {operation}");

        Assert.Null(SymbolText.Extract(json).Outputs.Single().Size);
    }

    [Theory]
    [InlineData("Cast(x) dtype=float16", "float16")]
    [InlineData("argmax(x) axis=0", "float32")]
    [InlineData("shape_array(x)", "int64")]
    [InlineData("relu(x)", "int32")]
    public void Operation_HasItsElementType(string operation, string expected)
    {
        var json = SymbolText.ToJson($"x = null() __shape__=(2,3) __dtype__=4\ny = {operation}");

        Assert.Equal(expected, SymbolText.Extract(json).Outputs.Single().DType);
    }
}
