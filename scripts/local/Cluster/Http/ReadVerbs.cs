using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Printing;
using Klever.Local.Cluster.Selection;

namespace Klever.Local.Cluster.Http;

/// <summary>get and list.</summary>
internal sealed class ReadVerbs(ApiObjects objects)
{
    public async Task GetAsync(HttpContext context, ApiRequest request)
    {
        var item = objects.Get(request.Type, request.Namespace ?? "", request.Name!);
        var body = TableRequest.Of(context.Request) is { } table
            ? Table.Of(request.Type, [Present(request.Type, item)], table, item.ResourceVersion(), objects.Clock.GetUtcNow())
            : Present(request.Type, item);
        await ApiAnswer.WriteAsync(context, 200, body);
    }

    public async Task ListAsync(HttpContext context, ApiRequest request)
    {
        var query = context.Request.Query;
        var selector = Selector.Parse(request.Type, query["labelSelector"], query["fieldSelector"]);
        var page = ListPage.Parse(query["limit"], query["continue"]);
        var (items, revision) = objects.List(request.Type, request.Namespace, selector);
        var (shown, metadata) = page.Cut(items, revision, selector.IsEmpty);
        var presented = shown.Select(i => Present(request.Type, i));
        if (TableRequest.Of(context.Request) is { } table)
        {
            var body = Table.Of(request.Type, presented, table, metadata.Text("resourceVersion")!, objects.Clock.GetUtcNow());
            body["metadata"] = metadata;
            await ApiAnswer.WriteAsync(context, 200, body);
            return;
        }

        var head = new JsonObject
        {
            ["kind"] = $"{request.Type.Kind}List",
            ["apiVersion"] = request.Type.ApiVersion,
            ["metadata"] = metadata,
        };
        await ApiAnswer.WriteListAsync(context, head, presented);
    }

    /// <summary>The object in the version that was asked for; versions differ in name only (conversion strategy None).</summary>
    public static JsonObject Present(ResourceType type, JsonObject item)
    {
        if (item.ApiVersion() == type.ApiVersion)
        {
            return item;
        }

        var presented = item.Clone();
        presented["apiVersion"] = type.ApiVersion;
        return presented;
    }
}
