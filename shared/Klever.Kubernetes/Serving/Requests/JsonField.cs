using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Requests;

/// <summary>A value of the request together with its path, so that every complaint names the field.</summary>
internal readonly record struct JsonField(JsonNode? Node, string Path)
{
    public bool IsAbsent => Node is null;

    public JsonField this[string name] => new(AsObject()?[name], string.IsNullOrEmpty(Path) ? name : $"{Path}.{name}");

    /// <summary>The first element of an array; absent when there is none.</summary>
    public JsonField First => AsList() is { Count: > 0 } list ? list[0] : new JsonField(null, $"{Path}[0]");

    /// <exception cref="ServingException">It is there and not an object.</exception>
    public JsonObject? AsObject() =>
        Node is null or JsonObject ? (JsonObject?)Node : throw Invalid("must be an object");

    /// <summary>The elements of an array; none when it is absent.</summary>
    public IReadOnlyList<JsonField> AsList()
    {
        if (Node is not (null or JsonArray))
        {
            throw Invalid("must be an array");
        }

        var path = Path;
        return [.. (Node as JsonArray ?? []).Select((item, i) => new JsonField(item, $"{path}[{i}]"))];
    }

    /// <summary>The text; null when it is absent or empty.</summary>
    public string? AsText() =>
        Node is null ? null
        : Node.GetValueKind() != JsonValueKind.String ? throw Invalid("must be a string")
        : Node.GetValue<string>() is { Length: > 0 } text ? text
        : null;

    public int? AsInteger() =>
        Node is null ? null
        : Node.GetValueKind() == JsonValueKind.Number && int.TryParse(Node.ToJsonString(), out var number) ? number
        : throw Invalid("must be an integer");

    public bool AsFlag() => Node?.GetValueKind() switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw Invalid("must be true or false"),
    };

    public ServingException Invalid(string problem) => new(ServingProblems.FieldInvalid, Path, problem + ".");
}
