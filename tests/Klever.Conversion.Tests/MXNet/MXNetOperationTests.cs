using System.Reflection;
using Klever.Conversion.MXNetToOnnx;

namespace Klever.Conversion.Tests.MXNet;

/// <summary>Every operation by itself, with the attributes that change what it computes.</summary>
public class MXNetOperationTests
{
    [Theory]
    [MemberData(nameof(ImageOperations.All), MemberType = typeof(ImageOperations))]
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

    // MXNet's numpy, with names of its own.
    [Theory]
    [InlineData("_npi_add(x, w1_3_1_1)")]
    [InlineData("_npi_multiply(x, w8)")]
    [InlineData("_npi_subtract_scalar(x) scalar=2")]
    [InlineData("_npi_concatenate(x, x) axis=0")]
    [InlineData("_npi_exp(x)\nz = _npi_mean(y) axis=(2,3)")]
    [InlineData("_np_sum(x) axis=1 keepdims=True")]
    [InlineData("_np_max(x)\nz = _npi_add(x, y)")]
    [InlineData("_npx_reshape(x) newshape=(-2,-5,-4) want=(2,21,8)")]
    [InlineData("_npx_reshape(x) newshape=(-2,-1,8) want=(2,21,8)")]
    [InlineData("_np_reshape(x) newshape=(-1,8) want=(42,8)")]
    [InlineData("_npi_matmul(x, w8_5)")]
    [InlineData("_npi_matmul(x, w3_8_5)")]
    [InlineData("_np_squeeze(w1_3_1_1) axis=0\nz = _npi_add(x, y)")]
    [InlineData("_npi_absolute(x)\nz = _npi_sqrt(y)")]
    public void OperationOfNumpy_GivesTheSameNumbers(string operation)
    {
        MXNetComparison.AssertSame(new TestSymbol($"input x 2,3,7,8\n{Weights(operation)}y = {operation}"));
    }

    [Fact]
    public void Table_HasATestForEveryOperation()
    {
        Type[] classes = [typeof(MXNetOperationTests), typeof(MXNetDetectionTests), typeof(MXNetSequenceTests)];
        var lines = ImageOperations.All.Select(row => row.Data).Concat(classes.SelectMany(type => type.GetMethods())
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
