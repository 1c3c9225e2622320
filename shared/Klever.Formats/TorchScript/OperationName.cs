namespace Klever.Formats.TorchScript;

/// <summary>Which calls in the code are operations: <c>torch.conv2d(</c> is conv2d of torch's own library, and
/// <c>ops.quantized.linear(</c> is quantized::linear.</summary>
internal static class OperationName
{
    private const string Torch = "torch.";
    private const string Operators = "ops.";

    /// <summary>Bookkeeping on sizes, lists and types, which no one would call a layer.</summary>
    private static readonly HashSet<string> Scalar = new(StringComparer.Ordinal)
    {
        "size", "len", "dim", "eq", "ne", "lt", "le", "gt", "ge", "Int", "Float", "Bool", "format", "warn", "device",
        "unchecked_cast", "annotate", "uninitialized", "__is__", "__isnot__", "__not__", "__contains__", "__getitem__",
        "__range_length", "__derive_index",
    };

    public static string? Of(string path)
    {
        if (path.StartsWith(Torch, StringComparison.Ordinal))
        {
            var name = path[Torch.Length..];
            return name.Contains('.') || Scalar.Contains(name) ? null : name;
        }

        return path.StartsWith(Operators, StringComparison.Ordinal) && path.Split('.') is [_, var library, var operation] && library != "prim"
            ? library == "aten" ? operation : $"{library}::{operation}"
            : null;
    }
}
