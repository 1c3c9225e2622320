namespace Klever.Conversion.NetDefToOnnx;

/// <summary>How many inputs an operator needs at least.</summary>
internal static class NetArity
{
    private static readonly HashSet<string> OfTwo =
    [
        "Add", "Sub", "Mul", "Div", "And", "Or", "Xor", "EQ", "GT", "LT", "GE", "LE", "NE", "Equal", "Greater",
        "Less", "PRelu", "Gather", "ResizeLike",
        "Conv", "Conv1D", "Conv2D", "Conv3D", "ConvTranspose", "MatMul", "BatchMatMul",
    ];

    private static readonly HashSet<string> OfThree = ["FC", "FCTransposed", "ElementwiseLinear", "InstanceNorm"];

    public static int Least(string type) => OfThree.Contains(type) ? 3 : OfTwo.Contains(type) ? 2 : 1;
}
