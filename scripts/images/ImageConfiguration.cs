using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klever.Images;

/// <summary>The configuration of an image (OCI image specification, config.md), on top of that of its base.</summary>
internal static class ImageConfiguration
{
    public const string MediaType = "application/vnd.oci.image.config.v1+json";

    /// <param name="below">The configuration of the base; null when there is none.</param>
    public static byte[] Create(ImagePlan plan, ImageOrigin origin, JsonObject? below, IEnumerable<ImageLayer> layers)
    {
        var configuration = below is null ? new JsonObject() : (JsonObject)below.DeepClone();
        var diffs = configuration["rootfs"]?["diff_ids"]?.AsArray().Select(digest => digest!.DeepClone()).ToList() ?? [];
        diffs.AddRange(layers.Select(layer => JsonValue.Create(layer.DiffId.ToString())));
        configuration["created"] = origin.Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        configuration["architecture"] = origin.Architecture;
        configuration["os"] = "linux";
        configuration["config"] = Run(plan, origin, below?["config"]?["Env"] as JsonArray);
        configuration["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. diffs]) };
        configuration.Remove("history");
        return JsonSerializer.SerializeToUtf8Bytes(configuration, ImagesJson.Default.JsonObject);
    }

    /// <summary>What the image says of itself (OCI image specification, annotations.md).</summary>
    public static IReadOnlyDictionary<string, string> Labels(ImagePlan plan, ImageOrigin origin) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["org.opencontainers.image.title"] = plan.Name,
        ["org.opencontainers.image.description"] = plan.Description,
        ["org.opencontainers.image.version"] = origin.Version,
        ["org.opencontainers.image.revision"] = origin.Revision,
        ["org.opencontainers.image.source"] = "https://github.com/kleveross/klever-functions",
        ["org.opencontainers.image.licenses"] = "Apache-2.0",
        ["org.opencontainers.image.base.name"] = origin.BaseName,
        ["io.kleveross.sbom"] = Sbom.PathOf(plan),
    };

    private static JsonObject Run(ImagePlan plan, ImageOrigin origin, JsonArray? environmentBelow)
    {
        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };
        foreach (var pair in environmentBelow?.Select(text => ((string)text!).Split('=', 2)) ?? [])
        {
            environment[pair[0]] = pair[1];
        }

        foreach (var (name, value) in plan.Environment)
        {
            environment[name] = value;
        }

        var run = new JsonObject
        {
            ["User"] = ImagePlan.User,
            ["Env"] = new JsonArray([.. environment.Select(pair => JsonValue.Create($"{pair.Key}={pair.Value}"))]),
            ["Entrypoint"] = new JsonArray(JsonValue.Create(plan.Program)),
            ["WorkingDir"] = "/",
            ["Labels"] = new JsonObject(Labels(plan, origin).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)JsonValue.Create(label.Value)))),
        };
        if (plan.Port is { } port)
        {
            run["ExposedPorts"] = new JsonObject { [$"{port}/tcp"] = new JsonObject() };
        }

        return run;
    }
}
