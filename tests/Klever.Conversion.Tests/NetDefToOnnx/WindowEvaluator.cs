using Klever.Formats.NetDef;

namespace Klever.Conversion.Tests.NetDefToOnnx;

/// <summary>caffe2/operators: conv_pool_op_base.h, conv_op_impl.h, conv_transpose_op_impl.h, pool_op.cc, local_response_normalization_op.cc,
/// instance_norm_op.cc; two spatial axes, order NCHW.</summary>
internal static class WindowEvaluator
{
    public static Values Convolve(NetOperator operation, Values[] x)
    {
        var (input, weights) = (x[0], x[1]);
        var (groups, stride, dilation) = (operation.Integer("group", 1), operation.Integer("stride", 1), operation.Integer("dilation", 1));
        var (strideHeight, strideWidth) = (operation.Integer("stride_h", stride), operation.Integer("stride_w", stride));
        var pads = Pads(operation, input, weights.Size[2], dilation);
        var (inner, outer) = (weights.Size[1], weights.Size[0] / groups);
        long[] size = [input.Size[0], weights.Size[0], Length(2, strideHeight, pads.Top + pads.Bottom), Length(3, strideWidth, pads.Left + pads.Right)];
        return Values.Fill(size, i =>
        {
            var sum = x.Length > 2 ? x[2].Data[i[1]] : 0.0;
            for (var c = 0L; c < inner; c++)
            {
                for (var h = 0L; h < weights.Size[2]; h++)
                {
                    for (var w = 0L; w < weights.Size[3]; w++)
                    {
                        sum += weights[i[1], c, h, w] * NetEvaluator.At(
                            input, i[0], (i[1] / outer * inner) + c,
                            (i[2] * strideHeight) - pads.Top + (h * dilation), (i[3] * strideWidth) - pads.Left + (w * dilation), otherwise: 0);
                    }
                }
            }

            return sum;
        });

        long Length(int axis, long step, long padding) =>
            ((input.Size[axis] + padding - ((dilation * (weights.Size[axis] - 1)) + 1)) / step) + 1;
    }

    public static Values ConvolveTransposed(NetOperator operation, Values[] x)
    {
        var (input, weights) = (x[0], x[1]);
        var (stride, pad, adj) = (operation.Integer("stride", 1), operation.Integer("pad"), operation.Integer("adj"));
        var groups = operation.Integer("group", 1);
        var (inner, outer) = (input.Size[1] / groups, weights.Size[1]);
        long[] size = [input.Size[0], outer * groups, Length(2), Length(3)];
        return Values.Fill(size, i =>
        {
            var sum = x.Length > 2 ? x[2].Data[i[1]] : 0.0;
            var first = i[1] / outer * inner;
            for (var c = first; c < first + inner; c++)
            {
                for (var h = 0L; h < input.Size[2]; h++)
                {
                    for (var w = 0L; w < input.Size[3]; w++)
                    {
                        var (y, z) = (i[2] + pad - (h * stride), i[3] + pad - (w * stride));
                        sum += y >= 0 && y < weights.Size[2] && z >= 0 && z < weights.Size[3] ? input[i[0], c, h, w] * weights[c, i[1] % outer, y, z] : 0;
                    }
                }
            }

            return sum;
        });

        long Length(int axis) => (stride * (input.Size[axis] - 1)) + weights.Size[axis] + adj - (2 * pad);
    }

    public static Values Pool(NetOperator operation, Values x, bool isAverage)
    {
        var isGlobal = operation.Integer("global_pooling") != 0;
        var (kernelHeight, kernelWidth) = isGlobal ? (x.Size[2], x.Size[3]) : (operation.Integer("kernel"), operation.Integer("kernel"));
        var stride = operation.Integer("stride", 1);
        var pads = Pads(operation, x, kernelHeight, dilation: 1);
        long[] size = [x.Size[0], x.Size[1], Length(2, kernelHeight, pads.Top + pads.Bottom), Length(3, kernelWidth, pads.Left + pads.Right)];
        return Values.Fill(size, i =>
        {
            var cells = new List<float>();
            for (var h = i[2] * stride; h < (i[2] * stride) + kernelHeight; h++)
            {
                for (var w = i[3] * stride; w < (i[3] * stride) + kernelWidth; w++)
                {
                    if (!float.IsNaN(NetEvaluator.At(x, i[0], i[1], h - pads.Top, w - pads.Left, otherwise: float.NaN)))
                    {
                        cells.Add(x[i[0], i[1], h - pads.Top, w - pads.Left]);
                    }
                }
            }

            var includesPadding = operation.Integer("count_include_pad") != 0;
            return !isAverage ? cells.Max() : cells.Sum() / (includesPadding ? kernelHeight * kernelWidth : cells.Count);
        });

        long Length(int axis, long kernel, long padding)
        {
            if (isGlobal)
            {
                return 1;
            }

            if (operation.Integer("legacy_pad") != 3)
            {
                return ((x.Size[axis] + padding - kernel) / stride) + 1;
            }

            // As Caffe: round up, then leave out a window that begins beyond the image and the padding before it.
            var ceiling = (long)Math.Ceiling((x.Size[axis] + padding - kernel) / (double)stride) + 1;
            var pad = operation.Integer("pad");
            return pad > 0 && (ceiling - 1) * stride >= x.Size[axis] + pad ? ceiling - 1 : ceiling;
        }
    }

    public static Values NormalizeResponse(NetOperator operation, Values[] x)
    {
        var size = operation.Integer("size");
        var half = (size - 1) / 2;
        return Values.Fill(x[0].Size, i =>
        {
            var sum = 0.0;
            for (var c = Math.Max(0, i[1] - half); c <= Math.Min(x[0].Size[1] - 1, i[1] + half); c++)
            {
                sum += Math.Pow(x[0][i[0], c, i[2], i[3]], 2);
            }

            var scale = NetEvaluator.Float(operation, "bias", 1) + (NetEvaluator.Float(operation, "alpha", 0) / size * sum);
            return x[0][i] / Math.Pow(scale, NetEvaluator.Float(operation, "beta", 0));
        });
    }

    public static Values NormalizeInstance(NetOperator operation, Values[] x)
    {
        var area = x[0].Size[2] * x[0].Size[3];
        return Values.Fill(x[0].Size, i =>
        {
            var plane = x[0].Data.AsSpan((int)(((i[0] * x[0].Size[1]) + i[1]) * area), (int)area).ToArray();
            var mean = plane.Average();
            var variance = plane.Average(v => (v - mean) * (v - mean));
            var normal = (x[0][i] - mean) / Math.Sqrt(variance + NetEvaluator.Float(operation, "epsilon", 1e-5f));
            return (normal * x[1].Data[i[1]]) + x[2].Data[i[1]];
        });
    }

    private static (long Top, long Left, long Bottom, long Right) Pads(NetOperator operation, Values x, long kernel, long dilation)
    {
        if (operation.Integer("legacy_pad") == 2)
        {
            var (height, width) = (Needed(x.Size[2]), Needed(x.Size[3]));
            return (height / 2, width / 2, height - (height / 2), width - (width / 2));
        }

        var all = operation.Integer("pad");
        return operation.Integers("pads") is [var t, var l, var b, var r] ? (t, l, b, r)
            : (operation.Integer("pad_t", all), operation.Integer("pad_l", all), operation.Integer("pad_b", all), operation.Integer("pad_r", all));

        long Needed(long length)
        {
            var stride = operation.Integer("stride", 1);
            return Math.Max(0, ((((length + stride - 1) / stride) - 1) * stride) + ((kernel - 1) * dilation) + 1 - length);
        }
    }
}
