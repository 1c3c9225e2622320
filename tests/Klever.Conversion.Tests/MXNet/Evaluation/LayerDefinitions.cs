using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

internal static class LayerDefinitions
{
    public static readonly Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> Table = new()
    {
        ["Convolution"] = (a, x) => [WindowDefinitions.Convolution(a, x)],
        ["Deconvolution"] = (a, x) => [WindowDefinitions.Deconvolution(a, x)],
        ["Pooling"] = (a, x) => [WindowDefinitions.Pooling(a, x[0])],
        ["FullyConnected"] = (a, x) => [FullyConnected(a, x)],
        ["BatchNorm"] = (a, x) => [BatchNorm(a, x)],
        ["LayerNorm"] = (a, x) => [LayerNorm(a, x)],
        ["_contrib_BatchNormWithReLU"] = (a, x) => [BatchNorm(a, x).Map(v => Math.Max(v, 0))],
        ["GroupNorm"] = (a, x) => [GroupNorm(a, x)],
        ["InstanceNorm"] = (a, x) => [InstanceNorm(a, x)],
        ["LRN"] = (a, x) => [Lrn(a, x[0])],
        ["L2Normalization"] = (a, x) => [L2(a, x[0])],
        ["Activation"] = (a, x) => [x[0].Map(Activation(a.Text("act_type")!))],
        ["LeakyReLU"] = (a, x) => [Leaky(a, x)],
        ["Dropout"] = (_, x) => [x[0]],
        ["softmax"] = (a, x) => [x.Length > 1 ? SoftOfBeginning(x) : x[0].Along(x[0].Axis(a.Integer("axis", -1)), v => Soft(v, a.Number("temperature", 1)))],
        ["log_softmax"] = (a, x) => [x[0].Along(x[0].Axis(a.Integer("axis", -1)), v => [.. Soft(v, 1).Select(v => MathF.Log(v))])],
        ["softmin"] = (a, x) => [x[0].Map(v => -v).Along(x[0].Axis(a.Integer("axis", -1)), v => Soft(v, 1))],
        ["SoftmaxOutput"] = (a, x) => [SoftmaxOutput(a, x[0])],
        ["SoftmaxActivation"] = (a, x) => [a.Text("mode") == "channel" ? x[0].Along(1, v => Soft(v, 1)) : Flat(x[0])],
        ["LinearRegressionOutput"] = (_, x) => [x[0]],
        ["LogisticRegressionOutput"] = (_, x) => [x[0].Map(v => 1 / (1 + MathF.Exp(-v)))],
        ["BlockGrad"] = (_, x) => [x[0]],
        ["_copy"] = (_, x) => [x[0]],
        ["_identity_with_attr_like_rhs"] = (_, x) => [x[0]],
        ["_contrib_gradientmultiplier"] = (_, x) => [x[0]],
        ["MAERegressionOutput"] = (_, x) => [x[0]],
        ["SVMOutput"] = (_, x) => [x[0]],
        ["IdentityAttachKLSparseReg"] = (_, x) => [x[0]],
        ["MakeLoss"] = (_, x) => [x[0]],
        ["Embedding"] = (_, x) => [Values.Of([.. x[0].Size, x[1].Size[1]], p => x[1].At([(int)x[0].At(p[..^1]), p[^1]]))],
        ["_image_to_tensor"] = (_, x) => [x[0].Transposed(x[0].Rank == 3 ? [2, 0, 1] : [0, 3, 1, 2]).Map(v => v / 255)],
        ["_image_normalize"] = (a, x) => [Values.Of(x[0].Size, p => (x[0].At(p) - Of(a, "mean", p[^3])) / Of(a, "std", p[^3]))],
        ["_image_crop"] = (a, x) => [Values.Of(
            [.. x[0].Size[..^3], (int)a.Integer("height", 1), (int)a.Integer("width", 1), x[0].Size[^1]],
            p => x[0].At([.. p[..^3], p[^3] + (int)a.Integer("y", 0), p[^2] + (int)a.Integer("x", 0), p[^1]]))],
        ["UpSampling"] = (a, x) => [UpSampling(a, x)],
        ["_contrib_AdaptiveAvgPooling2D"] = (a, x) => [Adaptive(a, x[0])],
        ["_contrib_BilinearResize2D"] = (a, x) => [Bilinear(a, x)],
    };

    private static float Of(SymbolAttributes a, string name, int channel) =>
        (float)(a.Numbers(name)!.Count == 1 ? a.Numbers(name)![0] : a.Numbers(name)![channel]);

    private static float[] Soft(float[] v, double temperature)
    {
        double[] exponents = [.. v.Select(e => Math.Exp((e - v.Max()) / temperature))];
        return [.. exponents.Select(e => (float)(e / exponents.Sum()))];
    }

    // Along the last axis.
    private static Values SoftOfBeginning(Values[] x)
    {
        var sums = new Values(x[1].Size, [.. x[1].Elements.Select((length, row) => x[0].Elements.Skip(row * x[0].Size[^1]).Take((int)length).Sum(MathF.Exp))]);
        return Values.Of(x[0].Size, p => p[^1] < x[1].At(p[..^1]) ? MathF.Exp(x[0].At(p)) / sums.At(p[..^1]) : 0);
    }

    private static Values Flat(Values x) =>
        x.Sized(x.Size[0], Values.Count(x.Size[1..])).Along(1, v => Soft(v, 1)).Sized(x.Size);

    private static Values SoftmaxOutput(SymbolAttributes a, Values x) =>
        a.Flag("multi_output", false) ? x.Along(1, v => Soft(v, 1))
        : a.Flag("preserve_shape", false) ? x.Along(x.Rank - 1, v => Soft(v, 1))
        : Flat(x);

    private static Values FullyConnected(SymbolAttributes a, Values[] x)
    {
        var input = a.Flag("flatten", true) ? x[0].Sized(x[0].Size[0], Values.Count(x[0].Size[1..])) : x[0];
        var inner = input.Size[^1];
        return Values.Of([.. input.Size[..^1], x[1].Size[0]], p =>
            Enumerable.Range(0, inner).Sum(i => input.At([.. p[..^1], i]) * x[1].At([p[^1], i]))
            + (a.Flag("no_bias", false) ? 0 : x[2].At([p[^1]])));
    }

    private static Values BatchNorm(SymbolAttributes a, Values[] x)
    {
        var axis = x[0].Axis(a.Integer("axis", 1));
        var isFixed = a.Flag("fix_gamma", true);
        return Values.Of(x[0].Size, p =>
        {
            int[] c = [p[axis]];
            var scale = (isFixed ? 1 : x[1].At(c)) / Math.Sqrt(x[4].At(c) + a.Number("eps", 1e-3));
            return (float)(((x[0].At(p) - x[3].At(c)) * scale) + x[2].At(c));
        });
    }

    private static Values LayerNorm(SymbolAttributes a, Values[] x)
    {
        var axis = x[0].Axis(a.Integer("axis", -1));
        var normal = x[0].Along(axis, v => Standard(v, a.Number("eps", 1e-5)));
        return Values.Of(x[0].Size, p => (normal.At(p) * x[1].At([p[axis]])) + x[2].At([p[axis]]));
    }

    private static Values InstanceNorm(SymbolAttributes a, Values[] x)
    {
        var flat = x[0].Sized(x[0].Size[0], x[0].Size[1], Values.Count(x[0].Size[2..]));
        var normal = flat.Along(2, v => Standard(v, a.Number("eps", 1e-3))).Sized(x[0].Size);
        return Values.Of(x[0].Size, p => (normal.At(p) * x[1].At([p[1]])) + x[2].At([p[1]]));
    }

    private static Values GroupNorm(SymbolAttributes a, Values[] x)
    {
        var groups = (int)a.Integer("num_groups", 1);
        var flat = x[0].Sized(x[0].Size[0], groups, Values.Count(x[0].Size[1..]) / groups);
        var normal = flat.Along(2, v => Standard(v, a.Number("eps", 1e-5))).Sized(x[0].Size);
        int Place(int channel) => x[1].Size[0] == groups ? channel * groups / x[0].Size[1] : channel;
        return Values.Of(x[0].Size, p => (normal.At(p) * x[1].At([Place(p[1])])) + x[2].At([Place(p[1])]));
    }

    private static float[] Standard(float[] v, double epsilon)
    {
        var mean = v.Average();
        var deviation = Math.Sqrt(v.Select(e => (e - mean) * (e - mean)).Average() + epsilon);
        return [.. v.Select(e => (float)((e - mean) / deviation))];
    }

    private static Values Lrn(SymbolAttributes a, Values x)
    {
        var size = (int)a.Integer("nsize", 5);
        return x.Along(1, v => [.. v.Select((e, i) =>
        {
            var around = Enumerable.Range(i - (size / 2), size).Where(j => j >= 0 && j < v.Length).Sum(j => v[j] * v[j]);
            return (float)(e / Math.Pow(a.Number("knorm", 2) + (a.Number("alpha", 1e-4) / size * around), a.Number("beta", 0.75)));
        })]);
    }

    private static Values L2(SymbolAttributes a, Values x)
    {
        int[] axes = a.Text("mode") switch
        {
            "channel" => [1],
            "spatial" => [.. Enumerable.Range(2, x.Rank - 2)],
            _ => [.. Enumerable.Range(1, x.Rank - 1)],
        };
        var norm = x.Reduced(axes, v => (float)Math.Sqrt(v.Sum(e => e * e) + a.Number("eps", 1e-10)));
        return Values.Spread(x, norm, (e, n) => e / n);
    }

    private static Func<float, float> Activation(string type) => type switch
    {
        "relu" => v => Math.Max(v, 0),
        "sigmoid" => v => 1 / (1 + MathF.Exp(-v)),
        "tanh" => MathF.Tanh,
        "softrelu" => v => MathF.Log(1 + MathF.Exp(v)),
        "log_sigmoid" => v => -MathF.Log(1 + MathF.Exp(-v)),
        "mish" => v => v * MathF.Tanh(MathF.Log(1 + MathF.Exp(v))),
        _ => v => v / (1 + Math.Abs(v)),
    };

    private static Values Leaky(SymbolAttributes a, Values[] x)
    {
        var slope = (float)a.Number("slope", 0.25);
        return a.Text("act_type") switch
        {
            "elu" => x[0].Map(v => v > 0 ? v : slope * (MathF.Exp(v) - 1)),
            "selu" => x[0].Map(v => 1.0507009873554805f * (v > 0 ? v : 1.6732632423543772f * (MathF.Exp(v) - 1))),
            "prelu" => Values.Of(x[0].Size, p => x[0].At(p) is > 0 and var v ? v : x[0].At(p) * x[1].At([p[1]])),
            "rrelu" => x[0].Map(v => v > 0 ? v : v * (0.125f + 0.334f) / 2),
            "gelu" => x[0].Map(v => (float)(0.5 * v * (1 + ElementDefinitions.Erf(v / Math.Sqrt(2))))),
            _ => x[0].Map(v => v > 0 ? v : slope * v),
        };
    }

    private static Values UpSampling(SymbolAttributes a, Values[] x)
    {
        var s = (int)a.Integer("scale", 1);
        var (height, width) = (x[0].Size[2] * s, x[0].Size[3] * s);
        if (a.Text("sample_type") == "bilinear")
        {
            var tent = new SymbolAttributes(new Dictionary<string, string>
            {
                ["kernel"] = $"({(2 * s) - (s % 2)},{(2 * s) - (s % 2)})",
                ["stride"] = $"({s},{s})",
                ["pad"] = $"({(int)Math.Ceiling((s - 1) / 2.0)},{(int)Math.Ceiling((s - 1) / 2.0)})",
                ["num_filter"] = $"{x[0].Size[1]}",
                ["num_group"] = $"{x[0].Size[1]}",
            });
            return WindowDefinitions.Deconvolution(tent, x);
        }

        var parts = x.Select(v => Values.Of(
            [v.Size[0], v.Size[1], height, width],
            p => v.At([p[0], p[1], p[2] * v.Size[2] / height, p[3] * v.Size[3] / width]))).ToArray();
        return a.Text("multi_input_mode") == "sum"
            ? parts.Aggregate((l, r) => Values.Spread(l, r, (e, f) => e + f))
            : AxisDefinitions.Join(parts, 1);
    }

    private static Values Adaptive(SymbolAttributes a, Values x)
    {
        var sizes = a.Integers("output_size") ?? [1];
        var (h, w) = ((int)sizes[0], (int)sizes[^1]);
        return Values.Of([x.Size[0], x.Size[1], h, w], p =>
            (from i in Range(p[2], h, x.Size[2]) from j in Range(p[3], w, x.Size[3]) select x.At([p[0], p[1], i, j])).Average());

        static IEnumerable<int> Range(int place, int outputs, int inputs)
        {
            var start = place * inputs / outputs;
            return Enumerable.Range(start, (((place + 1) * inputs) + outputs - 1) / outputs - start);
        }
    }

    private static Values Bilinear(SymbolAttributes a, Values[] inputs)
    {
        var x = inputs[0];
        var (h, w) = a.Text("mode") switch
        {
            "like" => (inputs[1].Size[2], inputs[1].Size[3]),
            "odd_scale" => (Odd(x.Size[2], a.Number("scale_height", 1)), Odd(x.Size[3], a.Number("scale_width", 1))),
            "to_even_up" => (x.Size[2] + (x.Size[2] % 2), x.Size[3] + (x.Size[3] % 2)),
            _ => ((int)a.Integer("height", 1), (int)a.Integer("width", 1)),
        };
        static int Odd(int size, double scale) => size % 2 == 0 ? (int)(size * scale) : (int)((size - 1) * scale) + 1;
        return Values.Of([x.Size[0], x.Size[1], h, w], p =>
        {
            var (y, v) = (p[2] * (x.Size[2] - 1f) / Math.Max(h - 1, 1), p[3] * (x.Size[3] - 1f) / Math.Max(w - 1, 1));
            var (i, j) = ((int)y, (int)v);
            var (k, l) = (Math.Min(i + 1, x.Size[2] - 1), Math.Min(j + 1, x.Size[3] - 1));
            var (s, t) = (y - i, v - j);
            return ((1 - s) * (((1 - t) * x.At([p[0], p[1], i, j])) + (t * x.At([p[0], p[1], i, l]))))
                + (s * (((1 - t) * x.At([p[0], p[1], k, j])) + (t * x.At([p[0], p[1], k, l]))));
        });
    }
}
