using Klever.Conversion.H5ToSavedModel.Layers;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Products of matrices and sums of products.</summary>
internal static class ProductOperations
{
    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Rules { get; } =
    [
        .. OperationEmitters.Lines(Multiply, "matmul", "batchmatmul", "batchmatmulv2"),
        .. OperationEmitters.Lines(Einsum, "einsum"),
    ];

    private static string Multiply(OperationEmission call)
    {
        KerasArgument[] operands = [call.Required(0, "a", "x1"), call.Required(1, "b", "x2")];
        var values = call.Together(operands, isReal: true);
        if (call.OutputSizes[0] is null)
        {
            throw call.Refuse("it is converted for two tensors of two dimensions at least");
        }

        TfAttribute[] transposed =
        [
            .. IsOn("transpose_a", "adj_x") ? [TfAttribute.Flag("adj_x", flag: true)] : (TfAttribute[])[],
            .. IsOn("transpose_b", "adj_y") ? [TfAttribute.Flag("adj_y", flag: true)] : (TfAttribute[])[],
        ];
        return call.Ops.Op("BatchMatMulV2", values, transposed);

        bool IsOn(params string[] names) => Array.Exists(names, name => call.Operation.Find(-1, name)?.IsTrue == true);
    }

    private static string Einsum(OperationEmission call)
    {
        var equation = call.Operation.Find(-1, "subscripts", "equation")?.Text ?? "";
        var operands = call.Operation.Tensors();
        if (operands.Count != 2)
        {
            throw call.Refuse("it is converted for two tensors");
        }

        var values = call.Together(operands, isReal: true);
        var sizes = operands.Select(operand => call.SizeOf(call.Find(operand))).ToList();
        return Contraction.Parse(equation, sizes[0].Count, sizes[1].Count) is { } contraction
            ? contraction.Emit(call.Ops, (values[0], sizes[0]), (values[1], sizes[1]))
            : throw call.Refuse($"its equation \"{Models.Excerpt.Of(equation)}\" is not converted");
    }
}
