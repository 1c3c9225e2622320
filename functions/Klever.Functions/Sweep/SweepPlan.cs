using Klever.Functions.Access;
using Klever.Functions.Hosting;

namespace Klever.Functions.Sweep;

/// <summary>What a sweep would send, of what the caller has a right on: one page of it.</summary>
internal sealed class SweepPlan(
    ModelJobSurvey modelJobs, ModelSurvey models, ModelCatalogs catalogs, IAccess access, KleverOptions options, TimeProvider clock)
{
    /// <summary>Findings of one page, up to the end of the repository that fills it.</summary>
    private const int PageSize = 500;

    private static readonly TimeSpan PageTime = TimeSpan.FromSeconds(20);

    /// <param name="after">What the page before said in <c>continue</c>; null for the first page, which has the ModelJobs too.</param>
    /// <param name="caller">Asked for its credential.</param>
    /// <param name="right">What the caller must hold on the model of a finding.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<SweepPage> PageAsync(
        string? after, HttpRequest caller, Right right, CancellationToken cancellationToken)
    {
        var catalog = await catalogs.OfAsync(caller, cancellationToken);
        var repositories = await catalog.ListRepositoriesAsync(cancellationToken);
        var (pace, deadline) = (new Pace(options.Sweep.Rate, clock), clock.GetUtcNow() + PageTime);
        var (findings, passedOver) = (new List<SweepFinding>(), new Dictionary<string, string>());
        var rights = new CallerRights(access, caller, right);
        if (after is null)
        {
            await AddAsync(findings, modelJobs.FindAsync(cancellationToken), rights, cancellationToken);
        }

        foreach (var repository in repositories.SkipWhile(name => string.CompareOrdinal(name, after ?? "") <= 0))
        {
            await pace.NextAsync(cancellationToken);
            try
            {
                await AddAsync(findings, models.FindAsync(catalog, repository, cancellationToken), rights, cancellationToken);
            }
            catch (Exception exception) when (ModelSurvey.IsUnreadable(exception))
            {
                passedOver[repository] = exception.Message;
            }

            if (findings.Count >= PageSize || clock.GetUtcNow() > deadline)
            {
                return new SweepPage(findings, passedOver, repository);
            }
        }

        return new SweepPage(findings, passedOver, Continue: null);
    }

    private static async Task AddAsync(
        List<SweepFinding> findings, IAsyncEnumerable<SweepFinding> found, CallerRights rights, CancellationToken cancellationToken)
    {
        await foreach (var finding in found.WithCancellation(cancellationToken))
        {
            if (await rights.HoldAsync(finding.Repository, cancellationToken))
            {
                findings.Add(finding);
            }
        }
    }
}
