using System.Reflection;
using Klever.Conversion.MXNetToOnnx;

namespace Klever.Conversion.Tests.MXNet;

/// <summary>Every operation by itself, with the attributes that change what it computes.</summary>
public class MXNetOperationTests
{
    public static TheoryData<string> Images =>
    [
        "Convolution(x, w4_3_3_3, b4) kernel=(3,3) num_filter=4",
        "Convolution(x, w4_3_3_3) kernel=(3,3) num_filter=4 no_bias=True stride=(2,2) pad=(1,1) dilate=(2,2)",
        "Convolution(x, w6_1_3_2, b6) kernel=(3,2) num_filter=6 num_group=3 pad=(1,0) stride=(1,2)",
        "Deconvolution(x, w3_4_4_4) kernel=(4,4) num_filter=4 stride=(2,2) pad=(1,1)",
        "Deconvolution(x, w3_2_3_3, b6) kernel=(3,3) num_filter=6 num_group=3 no_bias=False stride=(2,2) pad=(1,1) adj=(1,1)",
        "Deconvolution(x, w3_4_3_3) kernel=(3,3) num_filter=4 stride=(2,2) target_shape=(12,14)",
        "Pooling(x) kernel=(3,3) stride=(2,2) pool_type=max",
        "Pooling(x) kernel=(3,3) stride=(2,2) pool_type=max pooling_convention=full",
        "Pooling(x) kernel=(2,2) stride=(2,2) pad=(1,1) pool_type=max",
        "Pooling(x) kernel=(3,3) stride=(2,2) pad=(1,1) pool_type=avg",
        "Pooling(x) kernel=(3,3) stride=(2,2) pad=(1,1) pool_type=avg pooling_convention=full",
        "Pooling(x) kernel=(3,3) stride=(1,1) pad=(1,1) pool_type=avg count_include_pad=False",
        "Pooling(x) global_pool=True pool_type=avg",
        "Pooling(x) global_pool=True kernel=(1,1) pool_type=max",
        "_contrib_AdaptiveAvgPooling2D(x) output_size=1",
        "_contrib_AdaptiveAvgPooling2D(x) output_size=(7,2)",
        "_contrib_AdaptiveAvgPooling2D(x) output_size=(3,5)",
        "UpSampling(x) scale=2 sample_type=nearest num_args=1",
        "UpSampling(x, x) scale=2 sample_type=nearest num_args=2",
        "Reshape(x) shape=(2,7,4,6) want=(2,7,4,6)\np = Pooling(y) kernel=(2,2) stride=(2,2)"
            + "\nz = UpSampling(y, p) scale=2 sample_type=nearest num_args=2 multi_input_mode=sum",
        "UpSampling(x, w3_1_4_4) scale=2 sample_type=bilinear num_filter=3 num_args=2",
        "UpSampling(x, w3_1_5_5) scale=3 sample_type=bilinear num_filter=3 num_args=2",
        "_contrib_BilinearResize2D(x, w1_1_5_4) mode=like",
        "_contrib_BilinearResize2D(x) mode=odd_scale scale_height=2 scale_width=0.5",
        "_contrib_BilinearResize2D(x) mode=to_even_up",
        "_contrib_BilinearResize2D(x) height=13 width=9",
        "BatchNorm(x, g3, b3, m3, v3)",
        "BatchNorm(x, g3, b3, m3, v3) fix_gamma=False eps=2e-05",
        "BatchNorm(x, g8, b8, m8, v8) fix_gamma=False axis=3",
        "_contrib_BatchNormWithReLU(x, g3, b3, m3, v3) fix_gamma=False",
        "GroupNorm(x, g3, b3) num_groups=1",
        "GroupNorm(x, g1, b1) num_groups=1",
        "Concat(x, x) dim=1\nz = GroupNorm(y, g3, b3) num_groups=3",
        "Concat(x, x) dim=1\nz = GroupNorm(y, g6, b6) num_groups=2",
        "InstanceNorm(x, g3, b3)",
        "LayerNorm(x, g8, b8)",
        "LayerNorm(x, g3, b3) axis=1",
        "LRN(x) nsize=5 alpha=0.1",
        "LRN(x) nsize=3 knorm=1 beta=0.5",
        "L2Normalization(x)",
        "L2Normalization(x) mode=channel",
        "L2Normalization(x) mode=spatial",
        "Activation(x) act_type=relu",
        "Activation(x) act_type=sigmoid",
        "Activation(x) act_type=tanh",
        "Activation(x) act_type=softrelu",
        "Activation(x) act_type=softsign",
        "Activation(x) act_type=log_sigmoid",
        "Activation(x) act_type=mish",
        "LeakyReLU(x)",
        "LeakyReLU(x) act_type=elu slope=0.5",
        "LeakyReLU(x) act_type=selu",
        "LeakyReLU(x) act_type=gelu",
        "LeakyReLU(x) act_type=rrelu",
        "LeakyReLU(x, g3) act_type=prelu",
        "Dropout(x) p=0.5",
        "FullyConnected(x, w5_168, b5) num_hidden=5",
        "FullyConnected(x, w5_168) num_hidden=5 no_bias=True",
        "FullyConnected(x, w5_8, b5) num_hidden=5 flatten=False",
        "softmax(x)",
        "softmax(x) axis=1 temperature=2.0",
        "log_softmax(x) axis=2",
        "softmin(x)",
        "SoftmaxOutput(x)",
        "SoftmaxOutput(x) multi_output=True",
        "SoftmaxOutput(x) preserve_shape=True",
        "SoftmaxActivation(x)",
        "SoftmaxActivation(x) mode=channel",
        "LogisticRegressionOutput(x)",
        "LinearRegressionOutput(x)",
        "BlockGrad(x)",
        "MakeLoss(x)",
        "clip(x) a_min=-0.5 a_max=0.25",
        "hard_sigmoid(x)",
        "zeros_like(x)",
        "ones_like(x)",
        "Cast(x) dtype=int32\nz = Cast(y) dtype=float32",
        "Flatten(x)",
        "Concat(x, x) dim=1",
        "Concat(x, x) dim=3",
        "stack(x, x) axis=1",
        "transpose(x) axes=(0,2,3,1)",
        "transpose(x)",
        "SwapAxis(x) dim1=1 dim2=3",
        "expand_dims(x) axis=-1",
        "expand_dims(x) axis=1",
        "SliceChannel(x) num_outputs=4 axis=3",
        "slice_axis(x) axis=1 begin=1 end=None",
        "slice_axis(x) axis=-1 begin=-3 end=-1",
        "slice(x) begin=(None,0,2) end=(None,2,5)",
        "slice(x) begin=(None,None,None) end=(None,None,None) step=(1,1,-1)",
        "slice_like(x, w1_2_4_5) axes=(1,2,3)",
        "tile(x) reps=(1,2,1,3)",
        "Pad(x) mode=constant pad_width=(0,0,0,0,1,2,3,4) constant_value=0.5",
        "Pad(x) mode=edge pad_width=(0,0,0,0,1,2,3,4)",
        "Pad(x) mode=reflect pad_width=(0,0,0,0,1,2,3,4)",
        "mean(x) axis=(2,3)",
        "mean(x) axis=1 exclude=True keepdims=True",
        "sum(x) axis=(1,-1) keepdims=True",
        "sum(x)",
        "max(x) axis=2",
        "min(x)",
        "prod(x) axis=3",
        "norm(x) axis=1",
        "argmax(x) axis=1",
        "argmin(x) axis=1 keepdims=True",
        "argmax(x)",
        "argmin(x) keepdims=True",
        "argmax_channel(x)",
        "topk(x) k=2 axis=1",
        "topk(x) k=3 axis=None",
        "topk(x) k=0 axis=2 ret_typ=value",
        "topk(x) k=2 axis=3 ret_typ=mask",
        "topk(x) k=2 axis=1 ret_typ=both\nz = elemwise_add(y, y:1)",
        "sort(x)",
        "sort(x) axis=1 is_ascend=False",
        "sort(x) axis=None",
        "argsort(x) axis=2",
        "argsort(x) axis=1 is_ascend=False",
        "cumsum(x) axis=2",
        "cumsum(x)",
        "shape_array(x)\nz = Cast(y) dtype=float32",
        "size_array(x)\nz = Cast(y) dtype=float32",
        "topk(x) k=2 ret_typ=value is_ascend=True",
        "broadcast_add(x, w1_3_1_1)",
        "broadcast_mul(x, w1_1_7_8)",
        "broadcast_sub(x, w1_1_1_8)",
        "broadcast_div(x, v8)",
        "broadcast_mod(x, w1_3_1_1)",
        "_mod(x, x)",
        "_mod_scalar(x) scalar=0.3",
        "_mod_scalar(x) scalar=-0.3",
        "_mod_scalar(x) scalar=0",
        "_plus_scalar(x) scalar=1.5\nz = _rmod_scalar(y) scalar=2",
        "broadcast_hypot(x, w1_3_1_1)",
        "_hypot(x, x)",
        "_hypot_scalar(x) scalar=0.3",
        "cbrt(x)",
        "rcbrt(x)",
        "smooth_l1(x) scalar=2",
        "floor(x)\nz = _logical_and_scalar(y) scalar=2",
        "floor(x)\nz = _logical_or_scalar(y) scalar=0",
        "floor(x)\nz = _logical_xor_scalar(y) scalar=1",
        "dot(x, w8_5)",
        "dot(x, w8_2_3)",
        "_identity_with_attr_like_rhs(x, x)",
        "_contrib_gradientmultiplier(x) scalar=2",
        "amp_multicast(x, x) num_outputs=2\nz = elemwise_add(y, y:1)",
        "broadcast_like(w1_3_1_1, x) lhs_axes=(2,3) rhs_axes=(2,3)\nz = broadcast_add(x, y)",
        "reshape_like(w2_3_56, w2_3_7_8) lhs_begin=2 lhs_end=3 rhs_begin=2 rhs_end=4\nz = broadcast_add(x, y)",
        "broadcast_maximum(x, w1_3_1_1)",
        "broadcast_greater(x, w1_3_1_1)",
        "broadcast_lesser_equal(x, w1_3_1_1)",
        "elemwise_add(x, x)",
        "elemwise_sub(x, x)",
        "elemwise_mul(x, x)",
        "add_n(x, x, x)",
        "_plus_scalar(x) scalar=2",
        "_minus_scalar(x) scalar=2",
        "_rminus_scalar(x) scalar=2",
        "_mul_scalar(x) scalar=2.5",
        "_div_scalar(x) scalar=4",
        "_rdiv_scalar(x) scalar=4",
        "_power_scalar(x) scalar=2",
        "_rpower_scalar(x) scalar=2",
        "_maximum_scalar(x) scalar=0.1",
        "_minimum_scalar(x) scalar=0.1",
        "_greater_scalar(x) scalar=0.1",
        "_equal_scalar(x) scalar=0.1",
        "_not_equal_scalar(x) scalar=0.1",
        "_greater_equal_scalar(x) scalar=0",
        "_lesser_scalar(x) scalar=0",
        "where(x, x, x)",
        "relu(x)",
        "sigmoid(x)",
        "tanh(x)",
        "exp(x)",
        "abs(x)",
        "floor(x)",
        "ceil(x)",
        "negative(x)",
        "reciprocal(x)",
        "square(x)",
        "expm1(x)",
        "erf(x)",
        "sin(x)",
        "cos(x)",
        "arctan(x)",
        "sinh(x)",
        "sign(x)",
        "softsign(x)",
        "rint(x)",
        "round(x)",
        "trunc(x)",
        "fix(x)",
        "silu(x)",
        "mish(x)",
        "log_sigmoid(x)",
        "degrees(x)",
        "radians(x)",
        "arcsin(x)",
        "arccos(x)",
        "arctanh(x)",
        "_copy(x)",
        "MAERegressionOutput(x)",
        "SVMOutput(x)",
        "IdentityAttachKLSparseReg(x)",
        "elemwise_div(x, x)",
        "_maximum(x, x)",
        "_minimum(x, x)",
        "broadcast_minimum(x, w1_3_1_1)",
        "broadcast_equal(x, x)",
        "broadcast_not_equal(x, w1_3_1_1)",
        "broadcast_greater_equal(x, w1_3_1_1)",
        "broadcast_lesser(x, w1_3_1_1)",
        "_equal(x, x)",
        "_not_equal(x, x)",
        "_greater(x, x)",
        "_greater_equal(x, x)",
        "_lesser(x, x)",
        "_lesser_equal(x, x)",
        "_lesser_equal_scalar(x) scalar=0",
        "relu(x)\nr = relu(x)\nz = _logical_and(y, r)",
        "relu(x)\nr = floor(x)\nz = _logical_or(y, r)",
        "relu(x)\nr = floor(x)\nz = _logical_xor(y, r)",
        "relu(x)\nr = ceil(x)\nz = broadcast_logical_and(y, r)",
        "relu(x)\nr = ceil(x)\nz = broadcast_logical_or(y, r)",
        "relu(x)\nr = ceil(x)\nz = broadcast_logical_xor(y, r)",
        "relu(x)\nz = logical_not(y)",
        "_contrib_div_sqrt_dim(x)",
        "Pooling(x) kernel=(3,2) stride=(2,2) pad=(1,0) pool_type=sum",
        "Pooling(x) global_pool=True pool_type=sum",
        "Pooling(x) kernel=(2,2) stride=(2,2) pool_type=lp p_value=2",
        "reverse(x) axis=(1,3)",
        "repeat(x) repeats=3 axis=2",
        "repeat(x) repeats=2",
        "_split_v2(x) axis=3 indices=(0,3)",
        "squeeze(w1_1_7_8) axis=(0,1)\nz = broadcast_add(x, y)",
        "reshape_like(w2_3_56, w2_3_7_8)\nz = broadcast_add(x, y)",
        "broadcast_to(w1_1_1_8) shape=(2,3,7,8)\nz = elemwise_add(x, y)",
        "broadcast_axis(w2_1_7_8) axis=1 size=3\nz = elemwise_add(x, y)",
        "_zeros() shape=(1,8)\nz = broadcast_add(x, v8)\nq = broadcast_add(z, y)",
        "_ones() shape=(7,8)\nz = broadcast_add(x, y)",
        "_full() shape=(7,8) value=0.5\nz = broadcast_add(x, y)",
        "_arange() start=1 stop=5 step=1 repeat=2\nz = broadcast_mul(x, y)",
    ];

    [Theory]
    [MemberData(nameof(Images))]
    public void OperationOnImages_GivesTheSameNumbers(string operation)
    {
        var symbol = new TestSymbol($"input x 2,3,7,8\n{Weights(operation)}y = {operation}");

        MXNetComparison.AssertSame(symbol);
        MXNetComparison.AssertSame(symbol, opset: 13);
    }

    [Theory]
    [InlineData("shape=(0,-1)", "2,168")]
    [InlineData("shape=(0,3,56)", "2,3,56")]
    [InlineData("shape=(0,-3,-2)", "2,21,8")]
    [InlineData("shape=(-2,1)", "2,3,7,8,1")]
    [InlineData("shape=(0,0,0,-4,2,-1)", "2,3,7,2,4")]
    [InlineData("shape=(-1,8) reverse=True", "42,8")]
    [InlineData("shape=(-3,-3)", "6,56")]
    public void Reshape_TakesItsCodes(string attributes, string expected)
    {
        MXNetComparison.AssertSame(new TestSymbol($"input x 2,3,7,8\ny = Reshape(x) {attributes} want=({expected})"));
    }

    [Theory]
    [InlineData("FullyConnected(x, w3_6, b3) num_hidden=3")]
    [InlineData("BatchNorm(x, g6, b6, m6, v6) fix_gamma=False")]
    [InlineData("LeakyReLU(x, g6) act_type=prelu")]
    [InlineData("SoftmaxOutput(x)")]
    [InlineData("_power(x, x)\nz = _plus_scalar(x) scalar=1.5\nq = _power(z, x)")]
    [InlineData("_plus_scalar(x) scalar=1.5\nz = broadcast_power(y, x)")]
    [InlineData("_plus_scalar(x) scalar=2.5\nz = arccosh(y)")]
    [InlineData("Reshape(x) shape=(1,24,1,1) want=(1,24,1,1)\nz = depth_to_space(y) block_size=2")]
    [InlineData("Reshape(x) shape=(1,1,4,6) want=(1,1,4,6)\nz = space_to_depth(y) block_size=2")]
    [InlineData("dot(x, w6_5)")]
    [InlineData("dot(x, w5_6) transpose_b=True")]
    [InlineData("SliceChannel(x) num_outputs=6 squeeze_axis=True")]
    [InlineData("broadcast_like(w1_6, x)")]
    public void OperationOnRows_GivesTheSameNumbers(string operation)
    {
        MXNetComparison.AssertSame(new TestSymbol($"input x 4,6\n{Weights(operation)}y = {operation}"));
    }

    [Theory]
    [InlineData("Embedding(i, w3_5) input_dim=3 output_dim=5")]
    [InlineData("take(w3_5, i)")]
    [InlineData("_mul_scalar(i) scalar=-2\nz = take(w3_5, y) mode=wrap")]
    [InlineData("_mul_scalar(i) scalar=2\nz = take(w3_5, y)")]
    [InlineData("pick(w4_6_3, i)")]
    [InlineData("pick(w4_3_6, s) axis=1 keepdims=True")]
    [InlineData("batch_take(w4_6, r)")]
    [InlineData("scatter_nd(c, t) shape=(5,1)")]
    [InlineData("_plus_scalar(i) scalar=-1\nz = one_hot(y) depth=2")]
    [InlineData("one_hot(i) depth=4 dtype=int32 on_value=3\nz = Cast(y) dtype=float32")]
    [InlineData("one_hot(i) depth=4")]
    [InlineData("transpose(i)\ns = slice_axis(y) axis=0 begin=0 end=2\ng = gather_nd(w3_3_5, s)")]
    public void OperationOnIndices_GivesTheSameNumbers(string operation)
    {
        var symbol = new TestSymbol(
            $"""
            index i 4,6
            c = slice_axis(i) axis=1 begin=0 end=1
            r = Reshape(c) shape=(-1,) want=(4,)
            s = expand_dims(i) axis=1
            order = argsort(r)
            t = expand_dims(order) axis=0
            {Weights(operation)}
            y = {operation}
            """);

        MXNetComparison.AssertSame(symbol);
        MXNetComparison.AssertSame(symbol, opset: 11);
    }

    [Theory]
    [InlineData("batch_dot(x, z) transpose_b=True")]
    [InlineData("_linalg_gemm2(x, z) transpose_a=True alpha=0.5")]
    public void ProductOfMatrices_GivesTheSameNumbers(string operation)
    {
        MXNetComparison.AssertSame(new TestSymbol($"input x 2,5,6\ninput z 2,5,6\ny = {operation}"));
    }

    [Theory]
    [InlineData("log(x)")]
    [InlineData("sqrt(x)")]
    [InlineData("rsqrt(x)")]
    [InlineData("log1p(x)")]
    [InlineData("log2(x)")]
    [InlineData("log10(x)")]
    [InlineData("tan(x)")]
    [InlineData("arcsinh(x)")]
    [InlineData("cosh(x)")]
    public void OperationOnPositiveNumbers_GivesTheSameNumbers(string operation)
    {
        MXNetComparison.AssertSame(new TestSymbol($"input s 2,5\nx = _plus_scalar(s) scalar=1.5\ny = {operation}"));
    }

    [Fact]
    public void Table_HasATestForEveryOperation()
    {
        Type[] classes = [typeof(MXNetOperationTests), typeof(MXNetDetectionTests), typeof(MXNetSequenceTests)];
        var lines = Images.Select(row => row.Data).Concat(classes.SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>()).Select(data => (string)data.Data[0]!));
        var tested = lines.SelectMany(text => text.Split('\n')).Select(line => line.Split(" = ")[^1].Split('(')[0]).ToHashSet();

        Assert.Empty(SymbolConversion.Supported.Except(tested).Except(["Reshape", "Crop"]));
    }

    // Names such as w4_3_3_3 tell the size; m is a mean, v and g are positive.
    private static string Weights(string operations)
    {
        var names = operations.Split('\n')
            .SelectMany(line => line[(line.IndexOf('(') + 1)..line.IndexOf(')')].Split(", "))
            .Where(name => name.Length > 1 && char.IsAsciiDigit(name[1])).Distinct();
        return string.Concat(names.Select(name =>
            $"{(name[0] is 'v' or 'g' ? "positive" : "weight")} {name} {name[1..].Replace('_', ',')}\n"));
    }
}
