namespace Klever.Formats.Caffe.TextFormat;

/// <summary>Text that is not in protobuf's text format, or a value that is not of its field's type.</summary>
/// <param name="position">Where; lines and columns count from 1, columns in bytes.</param>
/// <param name="isLimit">The text may be legitimate, but a limit was reached.</param>
internal sealed class TextFormatException(TextPosition position, string problem, bool isLimit = false)
    : Exception($"line {position.Line}, column {position.Column}: {problem}")
{
    public bool IsLimit { get; } = isLimit;
}
