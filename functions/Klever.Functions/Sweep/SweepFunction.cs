using Klever.Eventing;
using Klever.Eventing.Sinks;
using Klever.Functions.Events;
using Klever.Functions.Hosting;

namespace Klever.Functions.Sweep;

/// <summary>Finds what events were lost for, by the clock, and sends them once more; says over REST what it would send.</summary>
internal sealed class SweepFunction : IFunction
{
    public string Name => "sweep";

    public IReadOnlyList<EventRoute> Events { get; } =
    [
        EventRoute.To<SweepRun>(EventTypes.Ping, (sweep, _, token) => sweep.RunAsync(token)),
    ];

    public void AddServices(IServiceCollection services, KleverOptions options)
    {
        services.AddSingleton<ModelJobSurvey>();
        services.AddSingleton<ModelSurvey>();
        services.AddSingleton<Bookmark>();
        services.AddSingleton<SweepRun>();
        services.AddSingleton<SweepPlan>();
        services.AddSingleton<IEventSink>(provider => options.Sink is { } sink
            ? new KnativeSink(new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }), sink, provider.GetRequiredService<TimeProvider>())
            : new NoSink());
    }

    public void MapPublic(IEndpointRouteBuilder routes) => SweepEndpoints.Map(routes);
}
