using Klever.Formats;
using Klever.Models;

namespace Klever.Conversion;

/// <summary>What a converter is asked to do.</summary>
public sealed record ConversionRequest
{
    /// <summary>A directory in ORMB layout: the files are below its <c>model/</c>.</summary>
    public required string SourceDirectory { get; init; }

    /// <summary>An existing directory; the files of the result go below its <c>model/</c>, which is made.</summary>
    public required string TargetDirectory { get; init; }

    /// <summary>Names, types and sizes of the inputs, where the source format does not hold them. -1 is a dimension
    /// that stays open.</summary>
    public IReadOnlyList<Tensor> Inputs { get; init; } = [];

    /// <summary>Names of the outputs that are wanted; empty for those that the model itself names.</summary>
    public IReadOnlyList<Tensor> Outputs { get; init; } = [];

    /// <summary>Version of the ONNX operator set; null for the converter's default.</summary>
    public int? Opset { get; init; }

    /// <summary>SavedModel: whether weights are variables in a bundle of their own, instead of constants; large models always are.</summary>
    public bool UsesVariables { get; init; }

    /// <summary>Told a sentence at each step, and what was left out of the result and why.</summary>
    public IProgress<string>? Progress { get; init; }

    public ReadLimits Limits { get; init; } = ReadLimits.Default;

    /// <summary>Full path of a file below <c>model/</c> of the source.</summary>
    public string SourceFile(string name) => Path.Combine(SourceDirectory, "model", name);

    /// <summary>Full path of a file below <c>model/</c> of the target, which is made if it is not there.</summary>
    public string TargetFile(string name) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(TargetDirectory, "model")).FullName, name);
}
