using Klever.Formats.NetDef;

namespace Klever.Conversion.Tests.NetDefToOnnx;

/// <summary>caffe2/operators: fully_connected_op.h, matmul_op.h, batch_matmul_op.h, softmax_op.cc.</summary>
internal static class MatrixEvaluator
{
    public static Values Connect(NetOperator operation, Values[] x) => Connect(operation, x, isTransposed: false);

    public static Values ConnectTransposed(NetOperator operation, Values[] x) =>
        Connect(operation, x, isTransposed: true);

    public static Values Multiply(NetOperator operation, Values[] x)
    {
        var (transposesA, transposesB) = (operation.Integer("trans_a") != 0, operation.Integer("trans_b") != 0);
        var (a, b) = (x[0], x[1]);
        var inner = transposesA ? a.Size[^2] : a.Size[^1];
        long[] size = [.. a.Size[..^2], transposesA ? a.Size[^1] : a.Size[^2], transposesB ? b.Size[^2] : b.Size[^1]];
        return Values.Fill(size, i =>
        {
            var sum = 0.0;
            for (var k = 0L; k < inner; k++)
            {
                sum += a[[.. i[..^2], transposesA ? k : i[^2], transposesA ? i[^2] : k]]
                    * b[[.. i[..^2], transposesB ? i[^1] : k, transposesB ? k : i[^1]]];
            }

            return sum;
        });
    }

    public static Values Softmax(NetOperator operation, Values[] x)
    {
        var rows = x[0].Size[..(int)operation.Integer("axis", 1)].Aggregate(1L, (a, b) => a * b);
        var matrix = x[0].Reshape(rows, x[0].Data.Length / rows);
        return Values.Fill(matrix.Size, i =>
        {
            var row = Enumerable.Range(0, (int)matrix.Size[1]).Select(j => (double)matrix[i[0], j]).ToList();
            return Math.Exp(matrix[i] - row.Max()) / row.Sum(v => Math.Exp(v - row.Max()));
        }).Reshape(x[0].Size);
    }

    private static Values Connect(NetOperator operation, Values[] x, bool isTransposed)
    {
        var axis = (int)operation.Integer("axis", 1);
        var rows = x[0].Size[..axis].Aggregate(1L, (a, b) => a * b);
        var input = x[0].Reshape(rows, x[0].Data.Length / rows);
        var outputs = x[2].Size[0];
        var weights = isTransposed ? x[1] : x[1].Reshape(outputs, input.Size[1]);
        return Values.Fill([rows, outputs], i =>
        {
            var sum = (double)x[2].Data[i[1]];
            for (var k = 0L; k < input.Size[1]; k++)
            {
                sum += input[i[0], k] * (isTransposed ? weights[k, i[1]] : weights[i[1], k]);
            }

            return sum;
        }).Reshape([.. x[0].Size[..axis], outputs]);
    }
}
