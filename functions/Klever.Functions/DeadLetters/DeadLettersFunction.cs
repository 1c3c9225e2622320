using Klever.Functions.Events;
using Klever.Functions.Hosting;

namespace Klever.Functions.DeadLetters;

/// <summary>Where events end that nobody could take: each becomes one line of the log. What they were about, the sweep makes up for.</summary>
/// <remarks>It takes every type, so only on its own path.</remarks>
internal sealed class DeadLettersFunction : IFunction
{
    public string Name => "dead-letters";

    public IReadOnlyList<EventRoute> Events { get; } =
    [
        EventRoute.To<DeadLetterLog>(EventRoute.AnyType, (log, letter, _) => Task.FromResult(log.Write(letter))),
    ];

    public void AddServices(IServiceCollection services, KleverOptions options) => services.AddSingleton<DeadLetterLog>();

    public void MapPublic(IEndpointRouteBuilder routes)
    {
        // Nobody asks for dead letters.
    }
}
