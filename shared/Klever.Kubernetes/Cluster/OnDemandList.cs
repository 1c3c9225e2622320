using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Klever.Kubernetes.Cluster;

/// <summary>A list whose elements are described to the serializer only when there are some.</summary>
/// <remarks>The description of a container draws some fifty other types along, as many milliseconds of a cold start as the rest of a
/// ModelJob; and hardly any ModelJob has one.</remarks>
internal sealed class OnDemandList<T> : JsonConverter<IReadOnlyList<T>>
{
    private static JsonTypeInfo<List<T>> TypeInfo => (JsonTypeInfo<List<T>>)ClusterJson.Options.GetTypeInfo(typeof(List<T>));

    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, TypeInfo);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [.. value], TypeInfo);
}
