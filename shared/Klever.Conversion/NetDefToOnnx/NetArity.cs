namespace Klever.Conversion.NetDefToOnnx;

/// <summary>How many inputs an operator needs at least.</summary>
internal static class NetArity
{
    private static readonly Dictionary<string, int> Table = new(StringComparer.Ordinal)
    {
        ["Add"] = 2, ["Sub"] = 2, ["Mul"] = 2, ["Div"] = 2, ["And"] = 2, ["Or"] = 2, ["Xor"] = 2,
        ["EQ"] = 2, ["GT"] = 2, ["LT"] = 2, ["GE"] = 2, ["LE"] = 2, ["PRelu"] = 2, ["Gather"] = 2, ["ResizeLike"] = 2,
        ["Conv"] = 2, ["Conv1D"] = 2, ["Conv2D"] = 2, ["Conv3D"] = 2, ["ConvTranspose"] = 2,
        ["MatMul"] = 2, ["BatchMatMul"] = 2, ["FC"] = 3, ["FCTransposed"] = 3, ["ElementwiseLinear"] = 3,
        ["InstanceNorm"] = 3,
    };

    public static int Least(string type) => Table.GetValueOrDefault(type, 1);
}
