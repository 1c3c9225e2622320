using System.Reflection;
using System.Text.Json.Nodes;

namespace Klever.Functions.OpenApi;

/// <summary>Reads the <c>examples.json</c> of every function. A key is a method (or several, with commas) and a path, such
/// as <c>GET /api/v1alpha1/namespaces/{ns}/pods</c>; its <c>request</c> and each of its <c>responses</c> is
/// <c>{schema, example, contentType}</c>, or a list of such.</summary>
internal static class RouteExamples
{
    private const string Prefix = "examples/";
    private const string Json = "application/json";

    public static IReadOnlyDictionary<string, RouteExample> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var examples = new Dictionary<string, RouteExample>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            foreach (var (route, example) in JsonNode.Parse(resource)!.AsObject())
            {
                var (methods, path) = (route.Split(' ')[0], route.Split(' ')[1]);
                foreach (var method in methods.Split(','))
                {
                    examples.Add($"{method} {path}", Read(example!.AsObject()));
                }
            }
        }

        return examples;
    }

    private static RouteExample Read(JsonObject example) => new()
    {
        Description = (string?)example["description"],
        Request = Bodies(example["request"]),
        Responses = (example["responses"] as JsonObject ?? []).ToDictionary(
            response => response.Key, response => Bodies(response.Value)),
    };

    private static IReadOnlyList<ExampleBody> Bodies(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.SelectMany(Bodies)],
        JsonObject { Count: > 0 } body => [new ExampleBody((string?)body["contentType"] ?? Json, (string?)body["schema"], body["example"]?.DeepClone())],
        _ => [],
    };
}
