using System.Text.Json.Nodes;

namespace Klever.Functions.Rest;

/// <summary>Paging as Klever Model Registry does it: <c>start</c> is an offset in items, <c>limit</c> a count, and the answer says how
/// many there are in all.</summary>
internal static class Page
{
    /// <summary>Items of one answer at most, also when no limit is given.</summary>
    public const int MaximumItems = 5000;

    /// <summary>The offset of a page that counts from 1; null when no page is asked for.</summary>
    public static int? Start(int? page, int? size) =>
        page is > 1 && size is > 0 ? (int)Math.Min((page.Value - 1L) * size.Value, int.MaxValue) : page is null ? null : 0;

    /// <exception cref="BadHttpRequestException">A number is negative; the message is upstream's.</exception>
    public static JsonObject Of(IReadOnlyList<JsonNode> items, int? start, int? limit)
    {
        if (start < 0)
        {
            throw new BadHttpRequestException("start should greater or equal 0");
        }

        if (limit < 0)
        {
            throw new BadHttpRequestException("limit should greater or equal 0");
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["totalItems"] = items.Count },
            ["items"] = new JsonArray(
                [.. items.Skip(start ?? 0).Take(Math.Min(limit ?? MaximumItems, MaximumItems)).Select(item => item.DeepClone())]),
        };
    }
}
