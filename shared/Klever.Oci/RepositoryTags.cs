using Klever.Models;

namespace Klever.Oci;

/// <summary>Finds tags by what they name; the distribution API knows only the other direction.</summary>
public static class RepositoryTags
{
    /// <summary>Tags that are looked at; a repository with more is answered from its first ones.</summary>
    private const int MaximumTags = 2000;

    private const int Concurrency = 8;

    /// <summary>The tags that name <paramref name="digest"/> now, sorted.</summary>
    public static async Task<IReadOnlyList<string>> TagsOfAsync(
        this RepositoryClient repository, Digest digest, CancellationToken cancellationToken = default)
    {
        var found = new List<string>();
        var tags = repository.ListTagsAsync(cancellationToken).Take(MaximumTags);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tags, parallel, async (tag, token) =>
        {
            if ((await repository.TryResolveAsync(tag, token))?.Digest == digest)
            {
                lock (found)
                {
                    found.Add(tag);
                }
            }
        });
        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
