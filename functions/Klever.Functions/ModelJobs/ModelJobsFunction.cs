using Klever.Eventing;
using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.ModelJobs;

/// <summary>Takes requests for ModelJobs over REST, and turns ModelJobs into Jobs.</summary>
internal sealed class ModelJobsFunction : IFunction
{
    public string Name => "model-jobs";

    public IReadOnlyList<EventRoute> Events { get; } =
    [
        EventRoute.ToResource<JobStarter>(EventTypes.ResourceAdded, ModelJobResource.Kind, Start),
        EventRoute.ToResource<JobStarter>(EventTypes.ResourceUpdated, ModelJobResource.Kind, Start),
    ];

    public void AddServices(IServiceCollection services, KleverOptions options)
    {
        services.AddSingleton<ModelJobCheck>();
        services.AddSingleton<ModelJobStore>();
        services.AddSingleton<ModelJobRetry>();
        services.AddSingleton<JobStarter>();
    }

    public void MapPublic(IEndpointRouteBuilder routes) => ModelJobEndpoints.Map(routes);

    private static Task<EventOutcome> Start(JobStarter starter, ResourceEvent modelJob, CancellationToken cancellationToken) =>
        starter.StartAsync(modelJob.Namespace, modelJob.Name, cancellationToken);
}
