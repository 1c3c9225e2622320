using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Patches;

/// <summary>RFC 6902: add, remove, replace, move, copy and test, addressed by JSON pointers (RFC 6901).</summary>
internal static class JsonPatch
{
    /// <summary>Operations of one patch at most, as in apiserver.</summary>
    private const int MaximumOperations = 10_000;

    /// <returns>A new object; neither argument is altered.</returns>
    /// <exception cref="ApiException">422: an operation cannot be done, or a test fails.</exception>
    public static JsonObject Apply(JsonObject target, JsonNode patch)
    {
        if (patch is not JsonArray operations)
        {
            throw ApiErrors.BadRequest("a JSON patch is an array of operations");
        }

        if (operations.Count > MaximumOperations)
        {
            throw new ApiException(413, "RequestEntityTooLarge", $"The allowed maximum operations in a JSON patch is {MaximumOperations}");
        }

        var document = target.Clone();
        foreach (var operation in operations)
        {
            Perform(document, operation);
        }

        return document;
    }

    private static void Perform(JsonObject document, JsonNode? operation)
    {
        var path = Pointer(operation.Text("path"));
        switch (operation.Text("op"))
        {
            case "add":
                Add(document, path, operation.At("value")?.DeepClone());
                break;
            case "remove":
                Remove(document, path);
                break;
            case "replace":
                Remove(document, path);
                Add(document, path, operation.At("value")?.DeepClone());
                break;
            case "move":
                Add(document, path, Remove(document, Pointer(operation.Text("from"))));
                break;
            case "copy":
                Add(document, path, Find(document, Pointer(operation.Text("from")))?.DeepClone());
                break;
            case "test" when JsonNode.DeepEquals(Find(document, path), operation.At("value")):
                break;
            case "test":
                throw Failure($"testing value {operation.Text("path")} failed: test failed");
            default:
                throw Failure($"Unexpected kind: {operation.Text("op")}");
        }
    }

    private static string[] Pointer(string? text) =>
        text is null || !text.StartsWith('/')
            ? throw Failure($"\"{text}\" is no pointer to a field")
            : [.. text[1..].Split('/').Select(s => s.Replace("~1", "/").Replace("~0", "~"))];

    private static JsonNode? Find(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            node = node switch
            {
                JsonObject members when members.TryGetPropertyValue(step, out var member) => member,
                JsonArray items when int.TryParse(step, out var index) && index >= 0 && index < items.Count => items[index],
                _ => throw Failure($"the pointer /{string.Join('/', path.ToArray())} names nothing: missing path"),
            };
        }

        return node;
    }

    private static void Add(JsonObject document, string[] path, JsonNode? value)
    {
        var last = path[^1];
        switch (Find(document, path.AsSpan(0, path.Length - 1)))
        {
            case JsonObject members:
                members[last] = value;
                break;
            case JsonArray items when last == "-":
                items.Add(value);
                break;
            case JsonArray items when int.TryParse(last, out var index) && index >= 0 && index <= items.Count:
                items.Insert(index, value);
                break;
            default:
                throw Failure($"add operation does not apply: /{string.Join('/', path)}");
        }
    }

    private static JsonNode? Remove(JsonObject document, string[] path)
    {
        var removed = Find(document, path);
        switch (Find(document, path.AsSpan(0, path.Length - 1)))
        {
            case JsonObject members:
                members.Remove(path[^1]);
                break;
            case JsonArray items:
                items.RemoveAt(int.Parse(path[^1]));
                break;
        }

        return removed;
    }

    private static ApiException Failure(string why) => new(422, "Invalid", $"the server rejected our request due to an error in our request: {why}");
}
