using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Selection;

namespace Klever.Local.Cluster.Http;

/// <summary>delete and deletecollection.</summary>
internal sealed class DeleteVerbs(ApiObjects objects)
{
    /// <summary>Kinds whose deletion is answered with the object instead of a Status.</summary>
    private static readonly string[] AnsweredWithObject = ["pods", "services", "serviceaccounts"];

    public async Task DeleteAsync(HttpContext context, ApiRequest request)
    {
        var deletion = await ReadAsync(context);
        var (left, before) = objects.Delete(request.Type, request.Namespace ?? "", request.Name!, deletion);
        if (left is not null || AnsweredWithObject.Contains(request.Type.Key))
        {
            await ApiAnswer.WriteAsync(context, 200, ReadVerbs.Present(request.Type, left ?? before));
            return;
        }

        await ApiAnswer.WriteAsync(context, 200, Success(request.Type, before));
    }

    public async Task DeleteCollectionAsync(HttpContext context, ApiRequest request)
    {
        var query = context.Request.Query;
        var deletion = await ReadAsync(context);
        var selector = Selector.Parse(request.Type, query["labelSelector"], query["fieldSelector"]);
        var (items, revision) = objects.List(request.Type, request.Namespace, selector);
        foreach (var item in items)
        {
            DeleteIfPresent(request.Type, item, deletion);
        }

        var head = new JsonObject
        {
            ["kind"] = $"{request.Type.Kind}List",
            ["apiVersion"] = request.Type.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = revision.ToString() },
        };
        await ApiAnswer.WriteListAsync(context, head, items);
    }

    private void DeleteIfPresent(ResourceType type, JsonObject item, DeletionRequest deletion)
    {
        try
        {
            objects.Delete(type, item.Namespace(), item.Name(), deletion);
        }
        catch (ApiException exception) when (exception.Code == 404)
        {
        }
    }

    private static async Task<DeletionRequest> ReadAsync(HttpContext context)
    {
        var body = await ApiBody.ReadAsync(context.Request, context.RequestAborted);
        return DeletionRequest.Parse(body, name => context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null);
    }

    private static JsonObject Success(ResourceType type, JsonObject before)
    {
        var details = new JsonObject { ["name"] = before.Name() };
        if (type.Group.Length > 0)
        {
            details["group"] = type.Group;
        }

        details["kind"] = type.Plural;
        details["uid"] = before.Uid();
        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        };
    }
}
