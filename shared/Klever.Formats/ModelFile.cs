using Klever.Models;

namespace Klever.Formats;

/// <summary>An open file of a model.</summary>
/// <param name="Format">The format it is read as; named in errors.</param>
/// <param name="Path">Path as in the archive, such as <c>model/net.onnx</c>; named in errors.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Content">From its start; seekable only if <see cref="FileUse.Seek"/> was asked for.</param>
/// <param name="Limits">What may be taken from it.</param>
public sealed record ModelFile(ModelFormat Format, string Path, long Length, Stream Content, ReadLimits Limits)
{
    public ModelReadException NotTheFormat(string problem, long? offset = null, Exception? inner = null) =>
        ModelReadException.NotTheFormat(Format, Path, problem, offset, inner);

    public ModelReadException NotSupported(string problem, long? offset = null, Exception? inner = null) =>
        ModelReadException.NotSupported(Format, Path, problem, offset, inner);

    public ModelReadException LimitExceeded(string limit, long? offset = null, Exception? inner = null) =>
        ModelReadException.LimitExceeded(Format, Path, limit, offset, inner);
}
