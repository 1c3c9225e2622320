using Klever.Eventing;
using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Cluster;

namespace Klever.Functions.JobCompletion;

/// <summary>Takes the report of an ended Job to the registry, and the state of every Job to its ModelJob.</summary>
internal sealed class JobCompletionFunction : IFunction
{
    public string Name => "job-completion";

    public IReadOnlyList<EventRoute> Events { get; } =
    [
        EventRoute.ToResource<JobFollower>(EventTypes.ResourceAdded, ResourceKinds.Job.Kind, Follow),
        EventRoute.ToResource<JobFollower>(EventTypes.ResourceUpdated, ResourceKinds.Job.Kind, Follow),
    ];

    public void AddServices(IServiceCollection services, KleverOptions options)
    {
        services.AddSingleton<ReportReader>();
        services.AddSingleton<SignatureWriter>();
        services.AddSingleton<JobFollower>();
    }

    public void MapPublic(IEndpointRouteBuilder routes)
    {
    }

    private static Task<EventOutcome> Follow(JobFollower follower, ResourceEvent job, CancellationToken cancellationToken) =>
        follower.FollowAsync(job.Namespace, job.Name, cancellationToken);
}
