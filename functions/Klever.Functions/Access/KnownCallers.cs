namespace Klever.Functions.Access;

/// <summary>Who may reach the routes of the public face at all: nobody whom Harbor does not know, whatever the route asks for
/// afterwards. It runs before parameters and bodies are read, so an anonymous request learns nothing, not even what it did wrong.</summary>
internal static class KnownCallers
{
    /// <summary>Routes mapped here are for known callers only, unless they say <see cref="ChecksItself"/>.</summary>
    public static IEndpointRouteBuilder ForKnownCallers(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("").WithMetadata(Required.Instance);

    /// <summary>For a route that has a secret of its own, or that hands the credential on to Harbor.</summary>
    public static TBuilder ChecksItself<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(Exempt.Instance);

    public static void UseKnownCallers(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata is { } metadata
            && metadata.GetMetadata<Required>() is not null && metadata.GetMetadata<Exempt>() is null)
        {
            await context.RequestServices.GetRequiredService<IAccess>().RequireKnownAsync(context.Request, context.RequestAborted);
        }

        await next(context);
    });

    private sealed class Required
    {
        public static readonly Required Instance = new();
    }

    private sealed class Exempt
    {
        public static readonly Exempt Instance = new();
    }
}
