using System.Runtime.CompilerServices;

namespace Klever.Oci.Ormb;

/// <summary>Listings of what may be deleted while it is listed.</summary>
internal static class VanishingListing
{
    /// <summary>The items until it turns out that what holds them is gone.</summary>
    public static async IAsyncEnumerable<T> NoneWhenGone<T>(
        this IAsyncEnumerable<T> items, Func<Exception, bool> isGone, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var enumerator = items.GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(enumerator, isGone))
        {
            yield return enumerator.Current;
        }
    }

    private static async Task<bool> MoveAsync<T>(IAsyncEnumerator<T> enumerator, Func<Exception, bool> isGone)
    {
        try
        {
            return await enumerator.MoveNextAsync();
        }
        catch (Exception exception) when (isGone(exception))
        {
            return false;
        }
    }
}
