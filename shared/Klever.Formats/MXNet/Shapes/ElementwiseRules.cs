using Klever.Formats.Shapes;

namespace Klever.Formats.MXNet.Shapes;

/// <summary>Operations on single elements: of one array, of arrays of one size, and of arrays that are spread to
/// one.</summary>
internal static class ElementwiseRules
{
    private const string Unary =
        "Activation LeakyReLU softmax log_softmax softmin SoftmaxActivation SoftmaxOutput LinearRegressionOutput "
        + "MAERegressionOutput LogisticRegressionOutput SVMOutput BlockGrad MakeLoss _copy Cast L2Normalization LRN "
        + "InstanceNorm clip zeros_like ones_like reverse SequenceMask SequenceReverse smooth_l1 shuffle "
        + "IdentityAttachKLSparseReg box_nms _contrib_div_sqrt_dim hard_sigmoid relu sigmoid tanh exp expm1 log log1p log2 "
        + "log10 sqrt rsqrt cbrt rcbrt square abs sign round rint ceil floor trunc fix negative reciprocal erf erfinv gamma "
        + "gammaln sin cos tan arcsin arccos arctan sinh cosh arcsinh arccosh arctanh degrees radians softsign logical_not "
        + "_plus_scalar _minus_scalar _rminus_scalar _mul_scalar _div_scalar _rdiv_scalar _mod_scalar _rmod_scalar "
        + "_power_scalar _rpower_scalar _maximum_scalar _minimum_scalar _hypot_scalar _equal_scalar _not_equal_scalar "
        + "_greater_scalar _greater_equal_scalar _lesser_scalar _lesser_equal_scalar _logical_and_scalar _logical_or_scalar "
        + "_logical_xor_scalar _contrib_box_decode "
        + "_contrib_quantize _contrib_quantize_v2 _contrib_dequantize _contrib_requantize _identity_with_attr_like_rhs "
        + "_scatter_plus_scalar _contrib_gradientmultiplier silu log_sigmoid mish";

    private const string SameSize =
        "elemwise_add elemwise_sub elemwise_mul elemwise_div add_n _power _maximum _minimum _hypot _mod _equal _not_equal "
        + "_greater _greater_equal _lesser _lesser_equal _logical_and _logical_or _logical_xor";

    private const string Broadcast =
        "broadcast_add broadcast_sub broadcast_mul broadcast_div broadcast_mod broadcast_power broadcast_maximum "
        + "broadcast_minimum broadcast_hypot broadcast_equal broadcast_not_equal broadcast_greater broadcast_greater_equal "
        + "broadcast_lesser broadcast_lesser_equal broadcast_logical_and broadcast_logical_or broadcast_logical_xor";

    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table = Create();

    /// <summary>The size to which two arrays are spread (numpy's rule); null when one rank is not known or they do not
    /// fit.</summary>
    public static long[]? Spread(long[]? left, long[]? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        var rank = Math.Max(left.Length, right.Length);
        var result = new long[rank];
        for (var i = 1; i <= rank; i++)
        {
            var (a, b) = (i <= left.Length ? left[^i] : 1, i <= right.Length ? right[^i] : 1);
            if (a != b && a > 1 && b > 1)
            {
                return null;
            }

            result[^i] = a == 1 ? b : b == 1 || b < 0 ? a : b;
        }

        return result;
    }

    private static Dictionary<string, Func<NodeShapes, long[]?[]>> Create()
    {
        var table = new Dictionary<string, Func<NodeShapes, long[]?[]>>(StringComparer.Ordinal);
        foreach (var name in Unary.Split(' '))
        {
            table[name] = node => [node.First];
        }

        foreach (var name in SameSize.Split(' '))
        {
            table[name] = node => [node.Inputs.DefaultIfEmpty().Aggregate(Join)];
        }

        foreach (var name in Broadcast.Split(' '))
        {
            table[name] = node => [Spread(node.First, node.Input(1))];
        }

        table["amp_multicast"] = node => [.. node.Inputs];
        table["cumsum"] = node =>
            [node.Attributes.Has("axis") || node.First is not { } input ? node.First : [Window.Product(input)]];
        table["where"] = node => [Join(node.Input(1), node.Input(2))];
        return table;
    }

    // Both are of one size, so what one does not know the other may.
    private static long[]? Join(long[]? left, long[]? right) =>
        left is null ? right
        : right is null || right.Length != left.Length ? left
        : [.. left.Zip(right, (a, b) => a < 0 ? b : a)];
}
