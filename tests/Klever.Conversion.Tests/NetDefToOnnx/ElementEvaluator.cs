using Klever.Formats.NetDef;

namespace Klever.Conversion.Tests.NetDefToOnnx;

/// <summary>Operators of Caffe2 that look at one element at a time.</summary>
internal static class ElementEvaluator
{
    public static readonly Dictionary<string, Func<NetOperator, Values[], Values>> Table = new()
    {
        ["Relu"] = (_, x) => x[0].Map(v => Math.Max(v, 0)),
        ["Sigmoid"] = (_, x) => x[0].Map(v => 1 / (1 + Math.Exp(-v))),
        ["Tanh"] = (_, x) => x[0].Map(v => Math.Tanh(v)),
        ["Exp"] = (_, x) => x[0].Map(v => Math.Exp(v)),
        ["Abs"] = (_, x) => x[0].Map(v => Math.Abs(v)),
        ["Negative"] = (_, x) => x[0].Map(v => -v),
        ["Floor"] = (_, x) => x[0].Map(v => Math.Floor(v)),
        ["Ceil"] = (_, x) => x[0].Map(v => Math.Ceiling(v)),
        ["Sin"] = (_, x) => x[0].Map(v => Math.Sin(v)),
        ["Cos"] = (_, x) => x[0].Map(v => Math.Cos(v)),
        ["Sqr"] = (_, x) => x[0].Map(v => v * v),
        ["Cube"] = (_, x) => x[0].Map(v => v * v * v),
        ["Acos"] = (_, x) => x[0].Map(v => Math.Acos(v)),
        ["Asin"] = (_, x) => x[0].Map(v => Math.Asin(v)),
        ["Atan"] = (_, x) => x[0].Map(v => Math.Atan(v)),
        ["Cosh"] = (_, x) => x[0].Map(v => Math.Cosh(v)),
        ["Sinh"] = (_, x) => x[0].Map(v => Math.Sinh(v)),
        ["Tan"] = (_, x) => x[0].Map(v => Math.Tan(v)),
        ["Neg"] = (_, x) => x[0].Map(v => -v),
        ["Not"] = (_, x) => x[0].Map(v => 1 - v),
        ["Sign"] = (_, x) => x[0].Map(v => Math.Sign(v)),
        ["Sqrt"] = (_, x) => x[0].Map(v => Math.Sqrt(v)),
        ["Rsqrt"] = (_, x) => x[0].Map(v => 1 / Math.Sqrt(v)),
        ["Reciprocal"] = (_, x) => x[0].Map(v => 1 / v),
        ["Erf"] = (_, x) => x[0].Map(Erf),
        ["HardSigmoid"] = (o, x) => x[0].Map(v => Math.Clamp((NetEvaluator.Float(o, "alpha", 0.2f) * v) + NetEvaluator.Float(o, "beta", 0.5f), 0, 1)),
        ["ThresholdedRelu"] = (o, x) => x[0].Map(v => v > NetEvaluator.Float(o, "alpha", 1) ? v : 0),
        ["Cast"] = (o, x) => x[0].Map(v => o.Integer("to") == 1 ? v : Math.Truncate(v)),
        ["Log"] = (_, x) => x[0].Map(v => Math.Log(v)),
        ["Softplus"] = (_, x) => x[0].Map(v => Math.Log(1 + Math.Exp(v))),
        ["Softsign"] = (_, x) => x[0].Map(v => v / (1 + Math.Abs(v))),
        ["Swish"] = (_, x) => x[0].Map(v => v / (1 + Math.Exp(-v))),
        ["Elu"] = (o, x) => x[0].Map(v => v >= 0 ? v : NetEvaluator.Float(o, "alpha", 1) * (Math.Exp(v) - 1)),
        ["LeakyRelu"] = (o, x) => x[0].Map(v => v >= 0 ? v : NetEvaluator.Float(o, "alpha", 0.01f) * v),
        ["Selu"] = (o, x) => x[0].Map(v => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * (Math.Exp(v) - 1))),
        ["Clip"] = (o, x) =>
            x[0].Map(v => Math.Clamp(v, NetEvaluator.Float(o, "min", float.MinValue), NetEvaluator.Float(o, "max", float.MaxValue))),
        ["Scale"] = (o, x) => x[0].Map(v => v * NetEvaluator.Float(o, "scale", 1)),
    };

    // Abramowitz and Stegun 7.1.5: a series, quick enough for small numbers.
    private static double Erf(float value)
    {
        var (term, sum) = ((double)value, (double)value);
        for (var n = 1; n < 40; n++)
        {
            term *= -(double)value * value / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
