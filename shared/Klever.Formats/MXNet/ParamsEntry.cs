namespace Klever.Formats.MXNet;

/// <summary>How an array is stored.</summary>
internal enum ParamsStorage
{
    Dense = 0,
    RowSparse = 1,
    CompressedRows = 2,
}

/// <summary>What the header of an array says.</summary>
/// <param name="Name">As stored, such as <c>arg:conv0_weight</c>; empty in a list without names.</param>
/// <param name="Magic">The first word: the version of the array's form, in the oldest its number of dimensions.</param>
/// <param name="Size">Null when the array holds nothing, not even a size.</param>
/// <param name="TypeFlag">See <see cref="MXNetElementTypes"/>; -1 when <paramref name="Size"/> is null.</param>
/// <param name="DataOffset">Where the elements begin in the file.</param>
internal sealed record ParamsEntry(
    string Name, uint Magic, long[]? Size, ParamsStorage Storage, int TypeFlag, long DataOffset, long DataLength)
{
    /// <summary>The name without <c>arg:</c> or <c>aux:</c>: that of the variable.</summary>
    public string VariableName =>
        Name.StartsWith("arg:", StringComparison.Ordinal) || Name.StartsWith("aux:", StringComparison.Ordinal)
            ? Name[4..]
            : Name;

    public string? DType => MXNetElementTypes.Name(TypeFlag);
}
