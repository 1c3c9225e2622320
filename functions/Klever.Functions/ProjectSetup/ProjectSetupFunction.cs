using Klever.Functions.Events;
using Klever.Functions.Hosting;

namespace Klever.Functions.ProjectSetup;

/// <summary>Makes a project of Harbor ready for models: accounts for the Jobs, their Secrets, and the webhook.</summary>
internal sealed class ProjectSetupFunction : IFunction
{
    public string Name => "project-setup";

    public IReadOnlyList<EventRoute> Events => [];

    public void AddServices(IServiceCollection services, KleverOptions options)
    {
        services.AddSingleton<RobotSecrets>();
        services.AddSingleton<RobotSetup>();
        services.AddSingleton<WebhookSetup>();
        services.AddSingleton<ServiceAccountCheck>();
        services.AddSingleton<Setup>();
    }

    public void MapPublic(IEndpointRouteBuilder routes) => SetupEndpoint.Map(routes);
}
