using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.JobCompletion;

/// <summary>Writes what a Job found into the registry: for an extraction a new description under every tag that still names the
/// manifest which was read.</summary>
internal sealed partial class SignatureWriter(RegistryClient registry, ILogger<SignatureWriter> logger)
{
    /// <exception cref="UnusableReportException">The registry refuses it for good.</exception>
    public async Task<Completion> WriteAsync(ModelJob modelJob, JobReport report, CancellationToken cancellationToken)
    {
        var model = ModelReference.Parse(modelJob.Spec.Model);
        return (modelJob.Spec.Conversion, report) switch
        {
            (null, { Signature: { } signature }) => await DescribeAsync(modelJob, model, report.Source.Digest!, signature, cancellationToken),
            (not null, { Result: { } result }) => Converted(report, result),
            _ => throw new UnusableReportException(
                ModelJobReasons.ReportUnreadable, "the report holds no result of the kind that the ModelJob asks for"),
        };
    }

    private async Task<Completion> DescribeAsync(
        ModelJob modelJob, ModelReference model, Digest source, Signature signature, CancellationToken cancellationToken)
    {
        var repository = registry.Repository(model.Repository);
        var mark = new ExtractionMark(source, modelJob.Name, ExtractorVersion.Current);
        try
        {
            DescribeOutcome? chosen = null;
            foreach (var tag in await TagsAsync(repository, model, source, cancellationToken))
            {
                var outcome = await ModelArtifacts.DescribeAsync(
                    repository, tag, mark, ormbFile => ormbFile.WithExtracted(signature), cancellationToken);
                LogOutcome(logger, model.Repository, tag, outcome.Result, outcome.Digest);
                chosen = Better(chosen, outcome);
            }

            return Completed(model, source, chosen!);
        }
        catch (RegistryException exception) when (exception.IsNotFound)
        {
            return new Completion((current, now) => StatusTransitions.Superseded(current, model, current: null, now));
        }
        catch (Exception exception) when (exception is NotAModelException or RegistryException { IsTransient: false }
            or OciContentException { Problem: not OciContentProblem.Truncated })
        {
            throw new UnusableReportException(ModelJobReasons.RegistryRefused, exception.Message, exception);
        }
    }

    // The tag of the ModelJob first, even if it has moved: that it has is an outcome. A model without any tag gets a referrer.
    private static async Task<IReadOnlyList<string?>> TagsAsync(
        RepositoryClient repository, ModelReference model, Digest source, CancellationToken cancellationToken)
    {
        var tags = await repository.TagsOfAsync(source, cancellationToken);
        return model.Tag is null && tags.Count == 0 ? [null] : [.. new[] { model.Tag }.OfType<string>().Union(tags)];
    }

    // One tag may have moved on while another was updated: the best outcome is the one that people read.
    private static DescribeOutcome Better(DescribeOutcome? left, DescribeOutcome right) =>
        left is null || Rank(right.Result) > Rank(left.Result) ? right : left;

    private static int Rank(DescribeResult result) => result switch
    {
        DescribeResult.Superseded => 0,
        DescribeResult.AttachedAsReferrer => 1,
        DescribeResult.AlreadyDone => 2,
        _ => 3,
    };

    private static Completion Completed(ModelReference model, Digest source, DescribeOutcome outcome) => outcome.Result switch
    {
        DescribeResult.Superseded => new Completion(
            (current, now) => StatusTransitions.Superseded(current, model, outcome.Digest, now)),
        DescribeResult.AttachedAsReferrer => new Completion(
            (current, now) => StatusTransitions.Attached(current, model, outcome.Digest!, now))
        { Before = source, After = outcome.Digest },
        _ => new Completion(
            (current, now) => StatusTransitions.Updated(current, WithoutDigest(model), outcome.Digest!, now))
        { Before = source, After = outcome.Digest },
    };

    private static Completion Converted(JobReport report, JobArtifact result) => new(
        (current, now) => StatusTransitions.Converted(current, result.Reference, result.Digest, now))
    {
        Reference = ModelReference.TryParse(result.Reference, out var reference) ? reference : null,
        Before = report.Source.Digest,
        After = result.Digest,
    };

    private static ModelReference WithoutDigest(ModelReference model) => model.WithTag(model.Tag);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Information, Message = "Described {Repository}:{Tag}: {Result} {Digest}")]
    private static partial void LogOutcome(ILogger logger, string repository, string? tag, DescribeResult result, Digest? digest);
}
