using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Kubernetes.Cluster;

/// <summary>JSON of Kubernetes objects, ours and the built-in ones, without reflection.</summary>
public static class ClusterJson
{
    /// <summary>The kinds of <see cref="ResourceKinds"/> and no others: camel case, nulls left out, RFC 3339 times.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <exception cref="JsonException">The text is not JSON or not of this type.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, TypeInfo<T>()) ?? throw new JsonException($"null is not a {typeof(T).Name}.");

    /// <exception cref="JsonException">The element is not of this type.</exception>
    public static T Deserialize<T>(JsonElement element) =>
        element.Deserialize(TypeInfo<T>()) ?? throw new JsonException($"null is not a {typeof(T).Name}.");

    public static byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    public static JsonObject ToJsonObject<T>(T value) =>
        (JsonObject)(JsonSerializer.SerializeToNode(value, TypeInfo<T>())
            ?? throw new ArgumentNullException(nameof(value)));

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(ClusterJsonContext.Default.Options);
        options.MakeReadOnly();
        return options;
    }
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ClusterTimeConverter), typeof(OnDemandList<V1EnvVar>), typeof(OnDemandList<V1Container>)])]
[JsonSerializable(typeof(ModelJob))]
[JsonSerializable(typeof(ModelJobStatus))]
[JsonSerializable(typeof(V1Job))]
[JsonSerializable(typeof(V1Pod))]
[JsonSerializable(typeof(Corev1Event))]
[JsonSerializable(typeof(V1Secret))]
[JsonSerializable(typeof(List<V1EnvVar>))]
[JsonSerializable(typeof(List<V1Container>))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ClusterJsonContext : JsonSerializerContext;
