using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klever.Images;

/// <summary>Which packages are in a program, as SPDX 2.3: read from what NuGet resolved for the build.</summary>
internal static class Sbom
{
    public static string PathOf(ImagePlan plan) => $"/usr/share/sbom/{plan.Name}.spdx.json";

    /// <param name="assets">The project's <c>obj/project.assets.json</c>.</param>
    public static byte[] Create(ImagePlan plan, ImageOrigin origin, JsonObject assets)
    {
        var packages = (assets["libraries"] as JsonObject ?? []).Where(library => (string?)library.Value?["type"] == "package")
            .Select(library => library.Key.Split('/')).OrderBy(library => library[0], StringComparer.OrdinalIgnoreCase)
            .Select(library => Package(library[0], library[1]));
        var document = new JsonObject
        {
            ["spdxVersion"] = "SPDX-2.3",
            ["dataLicense"] = "CC0-1.0",
            ["SPDXID"] = "SPDXRef-DOCUMENT",
            ["name"] = $"{plan.Name}-{origin.Version}",
            ["documentNamespace"] = $"https://github.com/kleveross/klever-functions/sbom/{plan.Name}-{origin.Revision}",
            ["creationInfo"] = new JsonObject
            {
                ["created"] = origin.Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["creators"] = new JsonArray(JsonValue.Create("Tool: klever-images")),
            },
            ["packages"] = new JsonArray([.. packages]),
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, ImagesJson.Default.JsonObject);
    }

    private static JsonObject Package(string name, string version) => new()
    {
        ["SPDXID"] = $"SPDXRef-{name.Replace('_', '-')}-{version}",
        ["name"] = name,
        ["versionInfo"] = version,
        ["downloadLocation"] = "NOASSERTION",
        ["externalRefs"] = new JsonArray(new JsonObject
        {
            ["referenceCategory"] = "PACKAGE-MANAGER",
            ["referenceType"] = "purl",
            ["referenceLocator"] = $"pkg:nuget/{name}@{version}",
        }),
    };
}
