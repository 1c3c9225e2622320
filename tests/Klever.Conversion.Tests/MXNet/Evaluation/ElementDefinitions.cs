using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

internal static class ElementDefinitions
{
    public static readonly Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> Table = Create();

    /// <summary>The error function, by its series.</summary>
    public static double Erf(double x)
    {
        var (sum, term) = (x, x);
        for (var n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> Create()
    {
        var table = new Dictionary<string, Func<SymbolAttributes, Values[], Values[]>>
        {
            ["add_n"] = (_, x) => [x.Aggregate((l, r) => Values.Spread(l, r, (a, b) => a + b))],
            ["clip"] = (a, x) => [x[0].Map(v => Math.Clamp(v, (float)a.Number("a_min", 0), (float)a.Number("a_max", 0)))],
            ["Cast"] = (a, x) => [a.Text("dtype") is "int32" or "int64" ? x[0].Map(MathF.Truncate) : x[0]],
            ["where"] = (_, x) => [Values.Of(x[1].Size, p => x[0].At(p) != 0 ? x[1].At(p) : x[2].At(p))],
            ["_contrib_div_sqrt_dim"] = (_, x) => [x[0].Map(v => v / MathF.Sqrt(x[0].Size[^1]))],
            ["_zeros"] = (a, _) => [Values.Of([.. a.Integers("shape")!.Select(v => Math.Max(1, (int)v))], _ => 0)],
            ["_ones"] = (a, _) => [Values.Of([.. a.Integers("shape")!.Select(v => (int)v)], _ => 1)],
            ["_full"] = (a, _) => [Values.Of([.. a.Integers("shape")!.Select(v => (int)v)], _ => (float)a.Number("value", 0))],
            ["_arange"] = (a, _) => [Values.Of([(int)(Math.Ceiling((a.Number("stop", 0) - a.Number("start", 0)) / a.Number("step", 1)) * a.Integer("repeat", 1))], p => (float)(a.Number("start", 0) + (a.Number("step", 1) * (p[0] / a.Integer("repeat", 1)))))],
            ["amp_multicast"] = (_, x) => x,
            ["zeros_like"] = (_, x) => [x[0].Map(_ => 0)],
            ["ones_like"] = (_, x) => [x[0].Map(_ => 1)],
            ["hard_sigmoid"] = (_, x) => [x[0].Map(v => Math.Clamp((0.2f * v) + 0.5f, 0, 1))],
        };
        Unary(table);
        Binary(table, "elemwise_add broadcast_add _plus_scalar", (a, b) => a + b);
        Binary(table, "elemwise_sub broadcast_sub _minus_scalar", (a, b) => a - b);
        Binary(table, "elemwise_mul broadcast_mul _mul_scalar", (a, b) => a * b);
        Binary(table, "elemwise_div broadcast_div _div_scalar", (a, b) => a / b);
        table["broadcast_div"] = (a, x) => [Values.Spread(x[0], x[1], (l, r) => a.Has("whole") ? MathF.Truncate(l / r) : l / r)];
        Binary(table, "_rminus_scalar", (a, b) => b - a);
        Binary(table, "_rdiv_scalar", (a, b) => b / a);
        Binary(table, "_power_scalar broadcast_power", MathF.Pow);
        Binary(table, "_rpower_scalar", (a, b) => MathF.Pow(b, a));
        Binary(table, "_maximum broadcast_maximum _maximum_scalar", Math.Max);
        Binary(table, "_minimum broadcast_minimum _minimum_scalar", Math.Min);
        Binary(table, "_power", MathF.Pow);
        Binary(table, "_mod broadcast_mod _mod_scalar", Remainder);
        Binary(table, "_rmod_scalar", (a, b) => Remainder(b, a));
        Binary(table, "_hypot broadcast_hypot _hypot_scalar", (a, b) => MathF.Sqrt((a * a) + (b * b)));
        Binary(table, "_logical_and_scalar", (a, b) => a != 0 && b != 0 ? 1 : 0);
        Binary(table, "_logical_or_scalar", (a, b) => a != 0 || b != 0 ? 1 : 0);
        Binary(table, "_logical_xor_scalar", (a, b) => a != 0 ^ b != 0 ? 1 : 0);
        Binary(table, "smooth_l1", (a, b) => Math.Abs(a) < 1 / (b * b) ? 0.5f * a * a * b * b : Math.Abs(a) - (0.5f / (b * b)));
        Binary(table, "_logical_and broadcast_logical_and", (a, b) => a != 0 && b != 0 ? 1 : 0);
        Binary(table, "_logical_or broadcast_logical_or", (a, b) => a != 0 || b != 0 ? 1 : 0);
        Binary(table, "_logical_xor broadcast_logical_xor", (a, b) => a != 0 ^ b != 0 ? 1 : 0);
        Binary(table, "_equal broadcast_equal _equal_scalar", (a, b) => a == b ? 1 : 0);
        Binary(table, "_not_equal broadcast_not_equal _not_equal_scalar", (a, b) => a != b ? 1 : 0);
        Binary(table, "_greater broadcast_greater _greater_scalar", (a, b) => a > b ? 1 : 0);
        Binary(table, "_greater_equal broadcast_greater_equal _greater_equal_scalar", (a, b) => a >= b ? 1 : 0);
        Binary(table, "_lesser broadcast_lesser _lesser_scalar", (a, b) => a < b ? 1 : 0);
        Binary(table, "_lesser_equal broadcast_lesser_equal _lesser_equal_scalar", (a, b) => a <= b ? 1 : 0);
        return table;
    }

    private static float Remainder(float a, float b) => b == 0 ? 0 : a - (b * MathF.Floor(a / b));

    private static void Unary(Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> table)
    {
        (string Name, Func<float, float> Function)[] functions =
        [
            ("relu", v => Math.Max(v, 0)), ("sigmoid", v => 1 / (1 + MathF.Exp(-v))), ("tanh", MathF.Tanh), ("exp", MathF.Exp),
            ("log", MathF.Log), ("sqrt", MathF.Sqrt), ("abs", Math.Abs), ("floor", MathF.Floor), ("ceil", MathF.Ceiling),
            ("negative", v => -v), ("reciprocal", v => 1 / v), ("square", v => v * v), ("rsqrt", v => 1 / MathF.Sqrt(v)),
            ("log1p", v => MathF.Log(1 + v)), ("expm1", v => MathF.Exp(v) - 1), ("log2", MathF.Log2), ("log10", MathF.Log10),
            ("erf", v => (float)Erf(v)), ("sin", MathF.Sin), ("cos", MathF.Cos), ("tan", MathF.Tan), ("arctan", MathF.Atan),
            ("sinh", MathF.Sinh), ("cosh", MathF.Cosh), ("arcsinh", MathF.Asinh), ("sign", v => Math.Sign(v)),
            ("arcsin", MathF.Asin), ("arccos", MathF.Acos), ("arccosh", MathF.Acosh), ("arctanh", MathF.Atanh),
            ("logical_not", v => v == 0 ? 1 : 0), ("silu", v => v / (1 + MathF.Exp(-v))),
            ("log_sigmoid", v => -MathF.Log(1 + MathF.Exp(-v))), ("mish", v => v * MathF.Tanh(MathF.Log(1 + MathF.Exp(v)))),
            ("degrees", v => v * 180 / MathF.PI), ("radians", v => v * MathF.PI / 180),
            ("trunc", MathF.Truncate), ("fix", MathF.Truncate), ("round", v => MathF.Round(v, MidpointRounding.AwayFromZero)),
            ("cbrt", MathF.Cbrt), ("rcbrt", v => 1 / MathF.Cbrt(v)),
            ("softsign", v => v / (1 + Math.Abs(v))), ("rint", v => MathF.Round(v, MidpointRounding.ToEven)),
        ];
        foreach (var (name, function) in functions)
        {
            table[name] = (_, x) => [x[0].Map(function)];
        }
    }

    private static void Binary(
        Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> table, string names, Func<float, float, float> function)
    {
        foreach (var name in names.Split(' '))
        {
            table[name] = (a, x) => x.Length == 1
                ? [x[0].Map(v => function(v, (float)a.Number("scalar", 0)))]
                : [Values.Spread(x[0], x[1], function)];
        }
    }
}
