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
            ["formats"] = new JsonArray([.. versions.Select(version => version.Model.OrmbFile.FormatName).OfType<string>().Distinct()
                .Order(StringComparer.Ordinal).Select(format => JsonValue.Create(format))]),
        };
        if (versions.Max(version => version.Model.PushTime) is { } time)
        {
            model["pushTime"] = time;
        }

        return model;
    }

    public static JsonObject Version(ModelVersion version, JsonObject extraction)
    {
        var reference = ModelReference.Create("localhost", version.Model.Repository);
        var document = new JsonObject
        {
            ["project"] = reference.Project,
            ["model"] = reference.Model,
            ["version"] = version.Tag,
            ["digest"] = version.Model.Digest.ToString(),
            ["size"] = version.Model.Size,
            ["format"] = version.Model.OrmbFile.FormatName,
            ["framework"] = version.Model.OrmbFile.Framework,
            ["author"] = version.Model.OrmbFile.Author,
            ["description"] = version.Model.OrmbFile.Description,
            ["signature"] = version.Model.OrmbFile.Get("signature"),
            ["extraction"] = extraction,
            ["pushTime"] = version.Model.PushTime,
            ["pullTime"] = version.Model.PullTime,
        };
        foreach (var (key, _) in document.Where(pair => pair.Value is null).ToList())
        {
            document.Remove(key);
        }

        return document;
    }
}
