using Klever.Eventing;
using Klever.Functions.Events;
using Klever.Functions.Hosting;

namespace Klever.Functions.Servings;

/// <summary>Serves models: requests, over REST or as events, become SeldonDeployments.</summary>
internal sealed class ServingsFunction : IFunction
{
    public string Name => "servings";

    public IReadOnlyList<EventRoute> Events { get; } =
    [
        EventRoute.To<ServingEvents>(EventTypes.ServingRequested, (events, cloudEvent, token) => events.HandleAsync(cloudEvent, token)),
    ];

    public void AddServices(IServiceCollection services, KleverOptions options)
    {
        services.AddSingleton(_ => options.Servings);
        services.AddSingleton(_ => options.Namespaces);
        services.AddSingleton<Composition>();
        services.AddSingleton<ServingRoutes>();
        services.AddSingleton<ServingStore>();
        services.AddSingleton<ServingStatus>();
        services.AddSingleton<ServedModels>();
        services.AddSingleton<ServingEvents>();
    }

    public void MapPublic(IEndpointRouteBuilder routes) => ServingEndpoints.Map(routes);
}
