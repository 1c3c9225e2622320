using System.Text.Json.Nodes;
using Klever.Models;
using Microsoft.AspNetCore.Http;

namespace Klever.Registry;

/// <summary>Repositories, tags, and the referrers of a manifest.</summary>
internal sealed class ListEndpoint(RegistryStore store, InProcessRegistryOptions options)
{
    public Task CatalogAsync(HttpContext context) =>
        PageAsync(context, "repositories", store.Repositories(), new JsonObject());

    public Task TagsAsync(HttpContext context, RegistryRoute route) => store.HasRepository(route.Name!)
        ? PageAsync(context, "tags", store.Tags(route.Name!), new JsonObject { ["name"] = route.Name })
        : RegistryErrors.WriteAsync(context, 404, "NAME_UNKNOWN", "repository name not known to registry");

    public async Task ReferrersAsync(HttpContext context, RegistryRoute route)
    {
        if (!Digest.TryParse(route.Reference, out var subject))
        {
            await RegistryErrors.WriteAsync(context, 400, "BAD_REQUEST", "the digest is not one");
            return;
        }

        var wanted = context.Request.Query["artifactType"].ToString();
        var manifests = new JsonArray();
        foreach (var digest in store.Manifests(route.Name!))
        {
            var content = await File.ReadAllBytesAsync(store.BlobPath(digest), context.RequestAborted);
            var document = JsonNode.Parse(content)!;
            var artifactType = (string?)document["artifactType"] ?? (string?)document["config"]?["mediaType"];
            if (ManifestEndpoint.SubjectOf(content) == subject.ToString() && (wanted.Length == 0 || wanted == artifactType))
            {
                manifests.Add(Describe(document, artifactType, digest, content.Length, store.Manifest(route.Name!, digest.ToString())!.Value.MediaType));
            }
        }

        if (wanted.Length > 0)
        {
            context.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        }

        const string IndexType = "application/vnd.oci.image.index.v1+json";
        var index = new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = IndexType, ["manifests"] = manifests };
        context.Response.ContentType = IndexType;
        await context.Response.WriteAsync(index.ToJsonString(), context.RequestAborted);
    }

    private static JsonObject Describe(JsonNode document, string? artifactType, Digest digest, int size, string mediaType)
    {
        var descriptor = new JsonObject
        {
            ["mediaType"] = mediaType,
            ["digest"] = digest.ToString(),
            ["size"] = size,
            ["artifactType"] = artifactType,
        };
        if (document["annotations"] is { } annotations)
        {
            descriptor["annotations"] = annotations.DeepClone();
        }

        return descriptor;
    }

    private Task PageAsync(HttpContext context, string key, IReadOnlyList<string> all, JsonObject page)
    {
        var query = context.Request.Query;
        var count = int.TryParse(query["n"], out var n) && n > 0 ? Math.Min(n, options.MaximumPage) : options.MaximumPage;
        var rest = all.Where(name => string.CompareOrdinal(name, query["last"].ToString()) > 0).ToList();
        var shown = rest.Take(count).ToList();
        page[key] = new JsonArray([.. shown.Select(name => JsonValue.Create(name))]);
        if (rest.Count > shown.Count)
        {
            var root = options.RelativeLocations ? "" : $"{context.Request.Scheme}://{context.Request.Host}";
            context.Response.Headers.Link =
                $"<{root}{context.Request.Path}?last={Uri.EscapeDataString(shown[^1])}&n={count}>; rel=\"next\"";
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(page.ToJsonString(), context.RequestAborted);
    }
}
