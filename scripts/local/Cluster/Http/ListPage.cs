using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Http;

/// <summary>The part of a list that <c>limit</c> and <c>continue</c> ask for.</summary>
/// <remarks>Later pages show the objects as they are then, under the resource version of the first page; an API server shows them
/// as they were.</remarks>
internal sealed class ListPage
{
    private readonly int _limit;
    private readonly JsonNode? _token;

    private ListPage(int limit, JsonNode? token)
    {
        _limit = limit;
        _token = token;
    }

    /// <exception cref="ApiException">400: not a number, or not a token of ours.</exception>
    public static ListPage Parse(string? limit, string? token)
    {
        try
        {
            var decoded = string.IsNullOrEmpty(token) ? null : JsonNode.Parse(Convert.FromBase64String(token));
            return new ListPage(string.IsNullOrEmpty(limit) ? 0 : int.Parse(limit), decoded);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or JsonException)
        {
            throw ApiErrors.BadRequest("limit or continue key is not valid: " + exception.Message);
        }
    }

    public (IReadOnlyList<JsonObject> Items, JsonObject Metadata) Cut(IReadOnlyList<JsonObject> items, long revision, bool countRest)
    {
        var first = _token is null ? 0 : items.TakeWhile(i => !IsAfter(i)).Count();
        var shown = items.Skip(first).Take(_limit > 0 ? _limit : int.MaxValue).ToList();
        var rest = items.Count - first - shown.Count;
        var metadata = new JsonObject { ["resourceVersion"] = _token.Text("rv") ?? revision.ToString() };
        if (rest > 0)
        {
            metadata["continue"] = Token(metadata.Text("resourceVersion")!, shown[^1]);
            if (countRest)
            {
                metadata["remainingItemCount"] = rest;
            }
        }

        return (shown, metadata);
    }

    private bool IsAfter(JsonObject item)
    {
        var order = string.CompareOrdinal(item.Namespace(), _token.Text("ns"));
        return order > 0 || (order == 0 && string.CompareOrdinal(item.Name(), _token.Text("name")) > 0);
    }

    private static string Token(string revision, JsonObject last)
    {
        var token = new JsonObject { ["rv"] = revision, ["ns"] = last.Namespace(), ["name"] = last.Name() };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(token.ToJsonString()));
    }
}
