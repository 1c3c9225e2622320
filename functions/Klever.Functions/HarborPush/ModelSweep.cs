using Klever.Eventing.Pushes;
using Klever.Functions.Events;
using Klever.Oci;

namespace Klever.Functions.HarborPush;

/// <summary>Looks at every tag of every repository as if it had been pushed just now: what events lost is found here, and what is
/// done already costs one or two small requests.</summary>
internal sealed class ModelSweep(RegistryClient registry, PushHandler handler, TimeProvider clock)
{
    private const string Source = "sweep";

    public async Task<EventOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var name in registry.ListRepositoriesAsync(cancellationToken))
        {
            await SweepAsync(registry.Repository(name), cancellationToken);
        }

        return EventOutcome.Done();
    }

    private async Task SweepAsync(RepositoryClient repository, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var tag in repository.ListTagsAsync(cancellationToken))
            {
                if (await repository.TryResolveAsync(tag, cancellationToken) is { } descriptor)
                {
                    await handler.HandleAsync(
                        new PushEvent
                        {
                            Source = Source,
                            Id = "",
                            Repository = repository.Name,
                            Digest = descriptor.Digest,
                            Tag = tag,
                            Time = clock.GetUtcNow(),
                        },
                        cancellationToken);
                }
            }
        }
        catch (RegistryException exception) when (exception.IsNotFound)
        {
            // The repository went away between the catalog and its tags.
        }
    }
}
