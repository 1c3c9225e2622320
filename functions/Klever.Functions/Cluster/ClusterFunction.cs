using Klever.Functions.Events;
using Klever.Functions.Hosting;

namespace Klever.Functions.Cluster;

/// <summary>Shows what the cluster does for a ModelJob or a serving: its pods, their logs, its events.</summary>
internal sealed class ClusterFunction : IFunction
{
    public string Name => "cluster";

    public IReadOnlyList<EventRoute> Events { get; } = [];

    public void AddServices(IServiceCollection services, KleverOptions options)
    {
        services.AddSingleton<PodOwners>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<ModelJobEvents>();
    }

    public void MapPublic(IEndpointRouteBuilder routes)
    {
        PodEndpoints.Map(routes);
        LogEndpoint.Map(routes);
        EventEndpoint.Map(routes);
    }
}
