using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving.Servers;
using Klever.Models;

namespace Klever.Kubernetes.Serving.Status;

/// <summary>A request that a model takes, made from its signature: zeros, empty texts, and one for each dimension that is
/// open.</summary>
public static class ExampleRequest
{
    /// <summary>Values of a request at most; nobody reads a picture in JSON.</summary>
    private const int MaximumValues = 4096;

    /// <param name="protocol">As <see cref="ServerProfile.Protocol"/>.</param>
    /// <param name="signature">Of the model.</param>
    /// <returns>Null when the inputs are not known well enough, too large, or of a type that JSON cannot carry.</returns>
    public static JsonObject? Of(string protocol, Signature signature) => signature.Inputs.Count == 0 ? null : protocol switch
    {
        ServerProfile.Openscoring => Openscoring(signature),
        _ when !IsWritable(signature) => null,
        ServerProfile.OpenInference => signature.Inputs.Any(i => InferenceDataTypes.IsBinaryOnly(i.DType)) ? null : OpenInference(signature),
        ServerProfile.TensorFlow => TensorFlow(signature),
        _ => null,
    };

    private static bool IsWritable(Signature signature) =>
        signature.Inputs.All(i => i.Size is not null && InferenceDataTypes.Find(i.DType) is not null)
        && signature.Inputs.Sum(i => Math.Min(Count(i), MaximumValues + 1)) <= MaximumValues;

    private static JsonObject OpenInference(Signature signature) => new()
    {
        ["inputs"] = new JsonArray([.. signature.Inputs.Select(input => (JsonNode)new JsonObject
        {
            ["name"] = input.Name,
            ["shape"] = new JsonArray([.. Shape(input).Select(d => (JsonNode)d)]),
            ["datatype"] = InferenceDataTypes.Find(input.DType),
            ["data"] = new JsonArray([.. Enumerable.Range(0, (int)Count(input)).Select(_ => Zero(input))]),
        })]),
    };

    private static JsonObject TensorFlow(Signature signature) => new()
    {
        ["inputs"] = new JsonObject(signature.Inputs.Select(
            input => KeyValuePair.Create(input.Name, (JsonNode?)Nested(input, [.. Shape(input)])))),
    };

    private static JsonObject Openscoring(Signature signature) => new()
    {
        ["id"] = "example",
        ["arguments"] = new JsonObject(signature.Inputs.Select(input => KeyValuePair.Create(
            input.Name, (JsonNode?)(input.OpType is "categorical" or "ordinal" && input.Values is [var first, ..]
                ? first
                : Zero(input))))),
    };

    private static JsonNode Nested(Tensor input, ReadOnlySpan<long> shape)
    {
        if (shape.IsEmpty)
        {
            return Zero(input);
        }

        var rows = new JsonArray();
        for (var i = 0; i < shape[0]; i++)
        {
            rows.Add(Nested(input, shape[1..]));
        }

        return rows;
    }

    private static IEnumerable<long> Shape(Tensor input) => input.Size!.Select(d => d < 0 ? 1 : d);

    private static long Count(Tensor input) =>
        Shape(input).Aggregate(1L, (product, d) => d == 0 ? 0 : Math.Min(product * Math.Min(d, MaximumValues + 1), MaximumValues + 1));

    private static JsonNode Zero(Tensor input) => InferenceDataTypes.Find(input.DType) switch
    {
        "BOOL" => false,
        InferenceDataTypes.Bytes => "",
        null => input.DType is "integer" or "double" or "float" ? 0 : "",
        _ => 0,
    };
}
