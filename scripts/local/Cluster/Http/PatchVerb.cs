using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Http;

/// <summary>patch in its four forms.</summary>
/// <remarks>Server-side apply is a simple form of the real one: the given fields are merged over what is stored, the object is
/// created when missing, and <c>managedFields</c> names the manager. It knows no ownership of single fields, so it never
/// conflicts and never removes a field that the manager has stopped giving.</remarks>
internal sealed class PatchVerb(ApiObjects objects)
{
    public async Task PatchAsync(HttpContext context, ApiRequest request)
    {
        var mediaType = ApiBody.MediaType(context.Request);
        var accepted = ObjectPatches.Accepted(request.Type);
        if (!accepted.Contains(mediaType))
        {
            throw ApiErrors.UnsupportedMediaType(accepted);
        }

        var patch = await ApiBody.ReadAsync(context.Request, context.RequestAborted)
            ?? throw ApiErrors.BadRequest("the patch is empty");
        var options = WriteVerbs.Options(context.Request);
        var (code, item) = mediaType == ObjectPatches.Apply
            ? Apply(context.Request, request, patch as JsonObject ?? throw ApiErrors.BadRequest("the patch is no object"), options)
            : (200, Patch(request, mediaType, patch, options));
        ApiAnswer.Warn(context, options.Warnings);
        await ApiAnswer.WriteAsync(context, code, ReadVerbs.Present(request.Type, item));
    }

    private JsonObject Patch(ApiRequest request, string mediaType, JsonNode patch, WriteOptions options) => objects.Update(
        request.Type, request.Key, request.Subresource, current => ObjectPatches.Patched(mediaType, current, patch), options);

    private (int Code, JsonObject Item) Apply(HttpRequest http, ApiRequest request, JsonObject patch, WriteOptions options)
    {
        if (http.Query["fieldManager"].ToString().Length == 0)
        {
            throw new ApiException(
                422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        }

        if (patch.Name() != request.Name && patch.Name().Length > 0)
        {
            throw ApiErrors.BadRequest($"the name of the object ({patch.Name()}) does not match the name on the URL ({request.Name})");
        }

        patch.Metadata().Remove("managedFields");
        if (objects.Find(request.Type, request.Namespace ?? "", request.Name!) is null && request.Subresource.Length == 0)
        {
            patch.Metadata()["name"] = request.Name;
            SetManager(patch, options.FieldManager, request);
            return (201, objects.Create(request.Type, request.Namespace ?? "", patch, options));
        }

        return (200, objects.Update(request.Type, request.Key, request.Subresource, current => Merged(current, patch, options, request), options));
    }

    private JsonObject Merged(JsonObject current, JsonObject patch, WriteOptions options, ApiRequest request)
    {
        var merged = ObjectPatches.Patched(request.Type.IsCustom ? ObjectPatches.Merge : ObjectPatches.Strategic, current, patch);
        var isSame = JsonNode.DeepEquals(current, merged) && Managers(current).Contains(options.FieldManager);
        if (!isSame)
        {
            SetManager(merged, options.FieldManager, request);
        }

        return merged;
    }

    private static IEnumerable<string?> Managers(JsonObject item) =>
        item.Objects("metadata", "managedFields").Select(m => m.Text("manager"));

    private void SetManager(JsonObject item, string manager, ApiRequest request)
    {
        var others = item.Objects("metadata", "managedFields").Where(m => m.Text("manager") != manager).Select(m => (JsonNode)m.Clone());
        var entry = new JsonObject
        {
            ["manager"] = manager,
            ["operation"] = "Apply",
            ["apiVersion"] = request.Type.ApiVersion,
            ["time"] = Timestamp.Seconds(objects.Clock.GetUtcNow()),
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = new JsonObject(),
        };
        item.Metadata()["managedFields"] = new JsonArray([.. others, entry]);
    }
}
