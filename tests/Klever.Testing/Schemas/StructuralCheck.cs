using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Klever.Testing.Schemas;

/// <summary>One value against one structural schema, recursively.</summary>
internal sealed class StructuralCheck
{
    private readonly List<string> _problems = [];

    public static IReadOnlyList<string> Run(JsonObject schema, JsonNode? value)
    {
        var check = new StructuralCheck();
        check.Check(schema, value, "", isRoot: true);
        return check._problems;
    }

    private void Check(JsonObject schema, JsonNode? value, string path, bool isRoot = false)
    {
        if (value is null)
        {
            Require((bool?)schema["nullable"] == true, path, "is null");
            return;
        }

        if (!CheckType(schema, value, path))
        {
            return;
        }

        CheckEnum(schema, value, path);
        CheckCombinations(schema, value, path);
        switch (value)
        {
            case JsonObject members:
                CheckObject(schema, members, path, isRoot);
                break;
            case JsonArray items:
                CheckArray(schema, items, path);
                break;
            default:
                CheckScalar(schema, value, path);
                break;
        }
    }

    private bool CheckType(JsonObject schema, JsonNode value, string path)
    {
        var kind = value.GetValueKind();
        if ((bool?)schema["x-kubernetes-int-or-string"] == true)
        {
            return Require(
                kind is JsonValueKind.String or JsonValueKind.Number, path, "is neither an integer nor a string");
        }

        var type = (string?)schema["type"];
        var fits = type switch
        {
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            "string" => kind == JsonValueKind.String,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "number" => kind == JsonValueKind.Number,
            "integer" => kind == JsonValueKind.Number && !value.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E'),
            _ => true,
        };
        return Require(fits, path, $"is not of type {type}");
    }

    private void CheckEnum(JsonObject schema, JsonNode value, string path) => Require(
        schema["enum"] is not JsonArray allowed || allowed.Any(a => JsonNode.DeepEquals(a, value)),
        path,
        $"{value.ToJsonString()} is not an allowed value");

    private void CheckCombinations(JsonObject schema, JsonNode value, string path)
    {
        if (schema["oneOf"] is JsonArray one)
        {
            Require(one.Count(s => Fits(s!, value)) == 1, path, "does not match exactly one of oneOf");
        }

        if (schema["anyOf"] is JsonArray any)
        {
            Require(any.Any(s => Fits(s!, value)), path, "matches none of anyOf");
        }

        Require(schema["not"] is not { } not || !Fits(not, value), path, "matches what it must not");
    }

    // Below a combination only values are checked; which fields exist is the business of the schema around it.
    private static bool Fits(JsonNode schema, JsonNode value)
    {
        var copy = schema.DeepClone().AsObject();
        copy["x-kubernetes-preserve-unknown-fields"] = true;
        return Run(copy, value).Count == 0;
    }

    private void CheckObject(JsonObject schema, JsonObject members, string path, bool isRoot)
    {
        foreach (var name in schema["required"]?.AsArray() ?? [])
        {
            Require(members.ContainsKey((string)name!), Join(path, (string)name!), "is required");
        }

        var properties = schema["properties"]?.AsObject();
        var additional = schema["additionalProperties"] as JsonObject;
        var keepsAny = (bool?)schema["x-kubernetes-preserve-unknown-fields"] == true
            || schema["additionalProperties"]?.GetValueKind() == JsonValueKind.True;
        foreach (var (name, member) in members)
        {
            if (isRoot && name is "apiVersion" or "kind" or "metadata")
            {
                continue;
            }

            if ((properties?[name] ?? additional) is JsonObject inner)
            {
                Check(inner, member, Join(path, name));
            }
            else
            {
                Require(keepsAny, Join(path, name), "is unknown and would be pruned");
            }
        }
    }

    private void CheckArray(JsonObject schema, JsonArray items, string path)
    {
        Require(items.Count >= ((long?)schema["minItems"] ?? 0), path, "has too few items");
        Require(items.Count <= ((long?)schema["maxItems"] ?? long.MaxValue), path, "has too many items");
        if (schema["x-kubernetes-list-map-keys"] is JsonArray keys)
        {
            var identities = items.Select(i => string.Join('|', keys.Select(k => i?[(string)k!]?.ToJsonString()))).ToList(
                );
            Require(identities.Distinct().Count() == identities.Count, path, "has two items of one key");
        }

        for (var i = 0; i < items.Count; i++)
        {
            Check(schema["items"]!.AsObject(), items[i], $"{path}[{i}]");
        }
    }

    private void CheckScalar(JsonObject schema, JsonNode value, string path)
    {
        if (value.GetValueKind() == JsonValueKind.String)
        {
            var text = (string)value!;
            Require(text.Length >= ((long?)schema["minLength"] ?? 0), path, "is too short");
            Require(text.Length <= ((long?)schema["maxLength"] ?? long.MaxValue), path, "is too long");
            Require(schema["pattern"] is not { } pattern || Regex.IsMatch(text, (string)pattern!), path, $"\"{text}\" does not match {schema["pattern"]}");
        }
        else if (value.GetValueKind() == JsonValueKind.Number)
        {
            var number = double.Parse(value.ToJsonString());
            Require(schema["minimum"] is not { } least || number >= double.Parse(least.ToJsonString()), path, "is too small");
            Require(
                schema["maximum"] is not { } most || number <= double.Parse(most.ToJsonString()), path, "is too large");
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private bool Require(bool holds, string path, string problem)
    {
        if (!holds)
        {
            _problems.Add($"{path}: {problem}");
        }

        return holds;
    }
}
