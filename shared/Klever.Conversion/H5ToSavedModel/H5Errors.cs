using Klever.Models;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>The errors of this conversion.</summary>
internal static class H5Errors
{
    public static ConversionException Error(
        ConversionProblem problem, string detail, string? layer = null, string? className = null) =>
        Error([new ConversionIssue(problem, detail, layer, className)]);

    public static ConversionException Error(IReadOnlyList<ConversionIssue> issues) =>
        new(ModelFormat.H5, ModelFormat.SavedModel, issues);
}
