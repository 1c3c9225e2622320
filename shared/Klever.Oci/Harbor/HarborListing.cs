using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Klever.Oci.Harbor;

/// <summary>A listing, page by page. A page that is too large to be taken is asked for in smaller ones: a listing of artifacts carries
/// their configs, and Harbor neither leaves them out nor limits them.</summary>
internal sealed class HarborListing(HarborTransport transport, string path)
{
    /// <summary>The repository, where artifacts are listed; for people.</summary>
    public string Repository { get; init; } = "";

    /// <summary>Told of each artifact that is left out because it is too large alone; null where the listing is to fail then.</summary>
    public Action<string>? PassedOver { get; init; }

    public async IAsyncEnumerable<JsonObject> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, size, passedOver) = (0, HarborLimits.PageSize, 0);
        while (first < HarborLimits.MaximumEntries)
        {
            var page = await TryReadAsync(first, size, cancellationToken);
            if (page is null && size > 1)
            {
                size /= HarborLimits.PageDivisor;
                continue;
            }

            var entries = page?.Body as JsonArray ?? [];
            foreach (var entry in entries.OfType<JsonObject>())
            {
                yield return entry;
            }

            first += size;
            if (page is null ? !MayPassOver(first, ++passedOver) : entries.Count < size || first >= page.Total)
            {
                yield break;
            }

            size = WidestAt(first, size);
        }
    }

    /// <summary>Null when the page is too large.</summary>
    private async Task<HarborAnswer?> TryReadAsync(int first, int size, CancellationToken cancellationToken)
    {
        var separator = path.Contains('?') ? '&' : '?';
        try
        {
            return await transport.SendAsync(
                HttpMethod.Get, $"{path}{separator}page={(first / size) + 1}&page_size={size}", body: null, cancellationToken);
        }
        catch (HarborException exception) when (exception.IsTooLarge && (size > 1 || PassedOver is not null))
        {
            return null;
        }
    }

    private bool MayPassOver(int position, int passedOver)
    {
        PassedOver!($"artifact {position} of {Repository}, newest first, is left out: its description is larger than "
            + $"{HarborLimits.MaximumAnswerBytes / (1024 * 1024)} MiB. Push it with a smaller one, or delete it in Harbor");
        if (passedOver < HarborLimits.MaximumPassedOver)
        {
            return true;
        }

        PassedOver($"what follows artifact {position} of {Repository} is left out: {passedOver} before it were too large");
        return false;
    }

    // Pages begin at multiples of their size.
    private static int WidestAt(int first, int size)
    {
        while (size < HarborLimits.PageSize && first % (size * HarborLimits.PageDivisor) == 0)
        {
            size *= HarborLimits.PageDivisor;
        }

        return size;
    }
}
