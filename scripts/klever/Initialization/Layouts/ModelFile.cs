namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>A file of an artifact.</summary>
/// <param name="Path">Relative to <c>model/</c>, with forward slashes.</param>
/// <param name="Head">Its first <see cref="HeadLength"/> bytes: some formats tell their kind only there.</param>
internal sealed record ModelFile(string Path, ReadOnlyMemory<byte> Head)
{
    public const int HeadLength = 16;
}
