using Klever.Functions.Events;
using Klever.Functions.Hosting;

namespace Klever.Functions;

/// <summary>One function of the program: what <c>KLEVER_FUNCTIONS</c> selects and a Knative Service runs.</summary>
/// <remarks>A function that is not selected registers nothing, so a cold start pays only for what it serves.</remarks>
internal interface IFunction
{
    /// <summary>The name in <c>KLEVER_FUNCTIONS</c>, in its event path and in <c>knative/</c>.</summary>
    string Name { get; }

    void AddServices(IServiceCollection services, KleverOptions options);

    /// <summary>Its public face: REST and webhooks. Callers are known to Harbor already, unless a route says that it checks itself.</summary>
    void MapPublic(IEndpointRouteBuilder routes);

    /// <summary>Whether its public face is an API to read about (<c>/docs</c>), and not an address that one machine is given.</summary>
    bool HasApi => true;

    /// <summary>Its events face: which CloudEvents it takes.</summary>
    IReadOnlyList<EventRoute> Events { get; }
}
