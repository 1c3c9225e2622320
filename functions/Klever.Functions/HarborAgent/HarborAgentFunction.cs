using Klever.Functions.Events;
using Klever.Functions.Hosting;

namespace Klever.Functions.HarborAgent;

/// <summary>Harbor's own API, the registry API and the token service through Klever: one host for everything that people and tools
/// ask of models. It adds no right and takes none away; the caller's credential goes to Harbor, and nobody else's does.</summary>
internal sealed class HarborAgentFunction : IFunction
{
    public string Name => "harbor-agent";

    public bool HasApi => false;

    public IReadOnlyList<EventRoute> Events => [];

    public void AddServices(IServiceCollection services, KleverOptions options)
    {
        services.AddHttpForwarder();
        services.AddSingleton<AgentUpstream>();
    }

    public void MapPublic(IEndpointRouteBuilder routes) => AgentEndpoint.Map(routes);
}
