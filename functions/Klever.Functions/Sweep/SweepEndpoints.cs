using Klever.Eventing.Sinks;
using Klever.Functions.Access;
using Klever.Functions.Rest;

namespace Klever.Functions.Sweep;

/// <summary><c>/api/v1alpha1/sweep</c>: what a sweep would do, and one for the models that the caller may push.</summary>
internal static class SweepEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1alpha1/sweep").WithTags("Sweep");
        group.MapGet("/", PlanAsync).WithSummary("What a sweep would do about the models that the caller may pull; continue=… for the next page");
        group.MapPost("/", SweepAsync).WithSummary("Sweep now, for the models that the caller may push; continue=… for the next page");
    }

    private static async Task<IResult> PlanAsync(
        HttpRequest http, SweepPlan plan, CancellationToken cancellationToken) =>
        JsonAnswer.Of((await plan.PageAsync(After(http), http, Right.Pull, cancellationToken)).ToJson());

    private static async Task<IResult> SweepAsync(
        HttpRequest http, SweepPlan plan, IEventSink sink, CancellationToken cancellationToken)
    {
        if (sink is NoSink)
        {
            return Problems.Of(
                StatusCodes.Status501NotImplemented,
                "This service is not bound to a broker (K_SINK is not set): it can plan a sweep (GET), not run one.");
        }

        var page = await plan.PageAsync(After(http), http, Right.Push, cancellationToken);
        foreach (var finding in page.Findings)
        {
            await sink.SendAsync(finding.Event, cancellationToken);
        }

        return JsonAnswer.Of(page.ToJson());
    }

    private static string? After(HttpRequest http) => http.Query["continue"].ToString() is { Length: > 0 } after ? after : null;
}
