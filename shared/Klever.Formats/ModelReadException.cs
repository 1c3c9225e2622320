using Klever.Models;

namespace Klever.Formats;

/// <summary>Why a model could not be read. The kind decides the exit code of a Job (20, 21, 22).</summary>
public enum ModelReadProblem
{
    /// <summary>The files are not what the format says, are damaged, or one is missing.</summary>
    NotTheFormat,

    /// <summary>A legitimate model that this version cannot describe.</summary>
    NotSupported,

    /// <summary>A limit of <see cref="ReadLimits"/> was exceeded.</summary>
    LimitExceeded,
}

/// <summary>A model that cannot be read; the message names the format, the file and the place.</summary>
public sealed class ModelReadException : Exception
{
    private ModelReadException(ModelReadProblem problem, ModelFormat format, string? file, long? offset, string message, Exception? inner)
        : base(message, inner) => (Problem, Format, File, Offset) = (problem, format, file, offset);

    public ModelReadProblem Problem { get; }

    public ModelFormat Format { get; }

    /// <summary>Path as in the archive, such as <c>model/net.onnx</c>; null when the problem is of the model as a whole.</summary>
    public string? File { get; }

    /// <summary>Byte position in <see cref="File"/>, where there is one.</summary>
    public long? Offset { get; }

    /// <example><c>ONNX model/net.onnx: field 7 (graph) ends after the file, at byte 1048576</c></example>
    public static ModelReadException NotTheFormat(
        ModelFormat format, string? file, string problem, long? offset = null, Exception? inner = null) =>
        Create(ModelReadProblem.NotTheFormat, format, file, problem, offset, inner);

    public static ModelReadException NotSupported(
        ModelFormat format, string? file, string problem, long? offset = null, Exception? inner = null) =>
        Create(ModelReadProblem.NotSupported, format, file, problem, offset, inner);

    public static ModelReadException LimitExceeded(
        ModelFormat format, string? file, string limit, long? offset = null, Exception? inner = null) =>
        Create(ModelReadProblem.LimitExceeded, format, file, limit, offset, inner);

    private static ModelReadException Create(
        ModelReadProblem problem, ModelFormat format, string? file, string text, long? offset, Exception? inner)
    {
        var place = file is null ? format.Name : $"{format.Name} {Excerpt.Of(file)}";
        var position = offset is null ? "" : $", at byte {offset}";
        return new ModelReadException(problem, format, file, offset, $"{place}: {text}{position}", inner);
    }
}
