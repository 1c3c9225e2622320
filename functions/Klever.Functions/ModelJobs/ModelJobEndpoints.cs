using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Functions.Rest;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.ModelJobs;

/// <summary><c>/api/v1alpha1/namespaces/{ns}/modeljobs</c>: the routes of Klever Model Registry, which answer with the object.</summary>
internal static class ModelJobEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1alpha1/namespaces/{ns}/modeljobs").WithTags("ModelJobs");
        group.MapPost("/", CreateAsync).WithSummary("Extract or convert a model: a ModelJob");
        group.MapGet("/", ListAsync).WithSummary("The ModelJobs whose models the caller may pull; filter=modeljob/extract or modeljob/convert");
        group.MapGet("/{name}", GetAsync).WithSummary("One ModelJob");
        group.MapPost("/{name}/retry", RetryAsync).WithSummary("Do the work of a failed ModelJob once more");
        group.MapDelete("/{name}", DeleteAsync).WithSummary("Delete a ModelJob and its Job");
    }

    private static async Task<IResult> CreateAsync(
        string ns, HttpRequest http, ModelJobStore store, IAccess access, KleverOptions options, CancellationToken cancellationToken)
    {
        var modelJob = ModelJobStore.Parse(await JsonBody.ReadAsync(http, cancellationToken), ns);
        var isConversion = modelJob.Spec.Conversion is not null;
        var repository = RepositoryOf("spec.model", modelJob.Spec.Model);
        await access.RequireAsync(http, repository, isConversion ? Right.Pull : Right.Push, cancellationToken);
        options.Namespaces.Require(ns, repository);
        if (isConversion)
        {
            await access.RequireAsync(
                http, RepositoryOf("spec.desiredTag", modelJob.Spec.DesiredTag), Right.Push, cancellationToken);
        }

        var created = await store.CreateAsync(modelJob, cancellationToken);
        return JsonAnswer.Of(ModelJobView.Of(created), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(
        string ns,
        string? filter,
        int? start,
        int? limit,
        HttpRequest http,
        ModelJobStore store,
        IAccess access,
        JobOptions jobs,
        CancellationToken cancellationToken)
    {
        if (filter is not (null or "" or ModelJobResource.ExtractLabel or ModelJobResource.ConvertLabel))
        {
            throw new BadHttpRequestException(
                $"filter is {ModelJobResource.ExtractLabel} or {ModelJobResource.ConvertLabel}, not \"{Excerpt.Of(filter)}\".");
        }

        var modelJobs = await store.ListAsync(ns, string.IsNullOrEmpty(filter) ? null : filter, cancellationToken);
        var visible = await access.VisibleAsync(http, modelJobs, job => Repositories(jobs, job.Spec.Model), cancellationToken);
        return JsonAnswer.Of(Page.Of([.. visible.Select(ModelJobView.Of)], start, limit));
    }

    private static async Task<IResult> GetAsync(
        string ns, string name, HttpRequest http, ModelJobStore store, IAccess access, JobOptions jobs, CancellationToken cancellationToken)
    {
        var modelJob = await store.GetAsync(ns, name, cancellationToken);
        await access.RequireAllAsync(http, Repositories(jobs, modelJob.Spec.Model), Right.Pull, $"ModelJob {name}", cancellationToken);
        return JsonAnswer.Of(ModelJobView.Of(modelJob));
    }

    private static async Task<IResult> DeleteAsync(
        string ns, string name, HttpRequest http, ModelJobStore store, IAccess access, JobOptions jobs, CancellationToken cancellationToken)
    {
        await RequireChangeableAsync(ns, name, http, store, access, jobs, cancellationToken);
        await store.DeleteAsync(ns, name, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RetryAsync(
        string ns,
        string name,
        HttpRequest http,
        ModelJobStore store,
        ModelJobRetry retry,
        IAccess access,
        JobOptions jobs,
        CancellationToken cancellationToken)
    {
        var modelJob = await RequireChangeableAsync(ns, name, http, store, access, jobs, cancellationToken);
        return JsonAnswer.Of(ModelJobView.Of(await retry.RunAsync(modelJob, cancellationToken)), StatusCodes.Status201Created);
    }

    private static async Task<ModelJob> RequireChangeableAsync(
        string ns, string name, HttpRequest http, ModelJobStore store, IAccess access, JobOptions jobs, CancellationToken cancellationToken)
    {
        var modelJob = await store.GetAsync(ns, name, cancellationToken);
        var changed = modelJob.Spec.Conversion is null ? modelJob.Spec.Model : modelJob.Spec.DesiredTag;
        await access.RequireAllAsync(http, Repositories(jobs, changed), Right.Push, $"ModelJob {name}", cancellationToken);
        return modelJob;
    }

    private static IReadOnlyList<string>? Repositories(JobOptions jobs, string? model) =>
        jobs.RepositoryOf(model) is { } repository ? [repository] : null;

    private static string RepositoryOf(string field, string? text) => ModelReference.TryParse(text, out var reference, out var problem)
        ? reference.Repository
        : throw new InvalidModelJobException(field, $"\"{Excerpt.Of(text)}\" is not project/model:tag: {problem}.");
}
