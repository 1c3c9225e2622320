using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Http;

/// <summary>create and update.</summary>
internal sealed class WriteVerbs(ApiObjects objects)
{
    public async Task CreateAsync(HttpContext context, ApiRequest request)
    {
        if (request.Type.Namespaced && request.Namespace is null)
        {
            throw ApiErrors.BadRequest("an empty namespace may not be set during creation");
        }

        var body = await ApiBody.ReadObjectAsync(context.Request, request.Type, context.RequestAborted);
        var options = Options(context.Request);
        var created = objects.Create(request.Type, request.Namespace ?? "", body, options);
        ApiAnswer.Warn(context, options.Warnings);
        await ApiAnswer.WriteAsync(context, 201, ReadVerbs.Present(request.Type, created));
    }

    public async Task UpdateAsync(HttpContext context, ApiRequest request)
    {
        var body = await ApiBody.ReadObjectAsync(context.Request, request.Type, context.RequestAborted);
        if (body.Name() != request.Name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({body.Name()}) does not match the name on the URL ({request.Name})");
        }

        if (body.Namespace() is { Length: > 0 } ns && ns != request.Namespace)
        {
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        var options = Options(context.Request);
        var updated = objects.Update(request.Type, request.Key, request.Subresource, _ => body, options);
        ApiAnswer.Warn(context, options.Warnings);
        await ApiAnswer.WriteAsync(context, 200, ReadVerbs.Present(request.Type, updated));
    }

    public static WriteOptions Options(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        var manager = request.Query["fieldManager"].ToString();
        var validation = request.Query["fieldValidation"].ToString();
        if (validation is not ("" or "Ignore" or "Warn" or "Strict"))
        {
            throw ApiErrors.BadRequest($"invalid fieldValidation \"{validation}\": must be Ignore, Warn or Strict");
        }

        return new WriteOptions
        {
            DryRun = request.Query["dryRun"] == "All",
            FieldValidation = validation.Length > 0 ? validation : "Warn",
            FieldManager = manager.Length > 0 ? manager : agent.Split('/')[0],
        };
    }
}
