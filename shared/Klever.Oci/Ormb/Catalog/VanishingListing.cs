using System.Runtime.CompilerServices;
using Klever.Oci.Harbor;

namespace Klever.Oci.Ormb.Catalog;

/// <summary>Listings of what may be deleted while it is listed.</summary>
public static class VanishingListing
{
    /// <summary>The items until it turns out that what holds them is gone.</summary>
    public static async IAsyncEnumerable<T> NoneWhenGone<T>(
        this IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var enumerator = items.GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(enumerator))
        {
            yield return enumerator.Current;
        }
    }

    private static async Task<bool> MoveAsync<T>(IAsyncEnumerator<T> enumerator)
    {
        try
        {
            return await enumerator.MoveNextAsync();
        }
        catch (Exception exception) when (exception is RegistryException { IsNotFound: true } or HarborException { IsNotFound: true })
        {
            return false;
        }
    }
}
