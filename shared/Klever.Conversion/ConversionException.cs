using Klever.Models;

namespace Klever.Conversion;

/// <summary>A model that cannot be converted; the message lists every issue.</summary>
public sealed class ConversionException : Exception
{
    /// <summary>Issues that a message shows at most; <see cref="Issues"/> has all.</summary>
    private const int MaximumShown = 20;

    public ConversionException(
        ModelFormat from, ModelFormat to, IReadOnlyList<ConversionIssue> issues, Exception? inner = null)
        : base(Text(from, to, issues), inner) => (From, To, Issues) = (from, to, issues);

    public ModelFormat From { get; }

    public ModelFormat To { get; }

    /// <summary>At least one.</summary>
    public IReadOnlyList<ConversionIssue> Issues { get; }

    /// <summary>The kind of the first issue.</summary>
    public ConversionProblem Problem => Issues[0].Problem;

    /// <summary>How a Job ends that met this.</summary>
    public JobExitCode ExitCode => Problem switch
    {
        ConversionProblem.CorruptFile or ConversionProblem.MissingWeight or ConversionProblem.WeightShapeMismatch =>
            JobExitCode.NotTheFormat,
        ConversionProblem.TooLarge => JobExitCode.LimitExceeded,
        ConversionProblem.BadInputSpecification => JobExitCode.Task,
        _ => JobExitCode.NotSupported,
    };

    /// <example><c>CaffeModel to NetDef: layer "roi" of type ROIPooling is not supported; layer "p" of type Python is
    /// not supported</c></example>
    private static string Text(ModelFormat from, ModelFormat to, IReadOnlyList<ConversionIssue> issues)
    {
        var shown = string.Join("; ", issues.Take(MaximumShown));
        var more = issues.Count > MaximumShown ? $"; and {issues.Count - MaximumShown} more" : "";
        return $"{from} to {to}: {shown}{more}";
    }
}
