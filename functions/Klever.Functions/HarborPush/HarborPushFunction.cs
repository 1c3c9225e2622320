using Klever.Eventing;
using Klever.Functions.Access;
using Klever.Functions.Events;
using Klever.Functions.Hosting;

namespace Klever.Functions.HarborPush;

/// <summary>Turns pushes into ModelJobs, told by Harbor's webhook or by the broker.</summary>
internal sealed class HarborPushFunction : IFunction
{
    /// <summary>Where Harbor, or a distribution registry, posts to on the public face.</summary>
    public const string WebhookPath = "/webhook";

    public string Name => "harbor-push";

    public bool HasApi => false;

    public IReadOnlyList<EventRoute> Events { get; } =
    [
        EventRoute.To<PushHandler>(EventTypes.HarborArtifactPushed, (handler, cloudEvent, token) => handler.HandleAsync(cloudEvent, token)),
    ];

    public void AddServices(IServiceCollection services, KleverOptions options)
    {
        if (options.Face != Face.Events && options.Webhook.Authorization.Count == 0)
        {
            throw new InvalidOperationException(
                "Klever:Webhook:Authorization is not set: harbor-push takes no webhook that anyone could send. "
                + "Set it to the value of auth_header in Harbor's webhook policy.");
        }

        services.AddSingleton(options.Webhook);
        services.AddSingleton<PushReceipts>();
        services.AddSingleton<PushHandler>();
        services.AddSingleton<WebhookAuthorization>();
    }

    public void MapPublic(IEndpointRouteBuilder routes) =>
        routes.MapPost(WebhookPath, WebhookEndpoint.HandleAsync)
            .ChecksItself()
            .AddEndpointFilter<RouteHandlerBuilder, WebhookAuthorization>()
            .WithSummary("Takes push notifications of Harbor (CloudEvents or Default) and of a distribution registry");
}
