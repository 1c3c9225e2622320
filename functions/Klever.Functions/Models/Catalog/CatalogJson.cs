using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Functions.Models.Catalog;

/// <summary>Models and versions as documents.</summary>
internal static class CatalogJson
{
    public static JsonObject Model(string repository, IReadOnlyList<ModelVersion> versions)
    {
        var reference = ModelReference.Create("localhost", repository);
        var model = new JsonObject
        {
            ["project"] = reference.Project,
            ["name"] = reference.Model,
            ["versions"] = versions.Count,
            ["formats"] = new JsonArray([.. versions.Select(version => version.OrmbFile.FormatName).OfType<string>().Distinct()
                .Order(StringComparer.Ordinal).Select(format => JsonValue.Create(format))]),
        };
        if (versions.Max(version => version.PushTime) is { } time)
        {
            model["pushTime"] = time;
        }

        return model;
    }

    public static JsonObject Version(ModelVersion version, JsonObject extraction)
    {
        var reference = ModelReference.Create("localhost", version.Repository);
        var document = new JsonObject
        {
            ["project"] = reference.Project,
            ["model"] = reference.Model,
            ["version"] = version.Tag,
            ["digest"] = version.Digest.ToString(),
            ["size"] = version.Size,
            ["format"] = version.OrmbFile.FormatName,
            ["framework"] = version.OrmbFile.Framework,
            ["author"] = version.OrmbFile.Author,
            ["description"] = version.OrmbFile.Description,
            ["signature"] = version.OrmbFile.Get("signature"),
            ["extraction"] = extraction,
            ["pushTime"] = version.PushTime,
            ["pullTime"] = version.PullTime,
        };
        foreach (var (key, _) in document.Where(pair => pair.Value is null).ToList())
        {
            document.Remove(key);
        }

        return document;
    }
}
