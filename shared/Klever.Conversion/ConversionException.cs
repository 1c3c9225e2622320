using Klever.Models;

namespace Klever.Conversion;

/// <summary>A model that cannot be converted; the message lists every issue.</summary>
public sealed class ConversionException : Exception
{
    /// <summary>Issues that a message shows at most, unsupported operations first; <see cref="Issues"/> has all.</summary>
    private const int MaximumShown = 40;

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

    /// <example><c>layer "roi" of type ROIPooling is not supported by CaffeModel to NetDef; layer "pool" of type Pooling:
    /// pool = STOCHASTIC is not supported</c></example>
    private static string Text(ModelFormat from, ModelFormat to, IReadOnlyList<ConversionIssue> issues)
    {
        var way = $"{from} to {to}";
        var first = issues.OrderByDescending(IsBare).Take(MaximumShown).ToList();
        var shown = string.Join("; ", first.Select(issue => IsBare(issue) ? $"{issue} by {way}" : $"{issue}"));
        var more = issues.Count > MaximumShown ? $"; and {issues.Count - MaximumShown} more" : "";
        return first.Exists(IsBare) ? $"{shown}{more}" : $"{way}: {shown}{more}";
    }

    private static bool IsBare(ConversionIssue issue) => issue.Detail is null;
}
