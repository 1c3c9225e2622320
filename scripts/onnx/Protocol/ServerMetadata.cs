using System.Text.Json;

namespace Klever.OnnxServer.Protocol;

/// <summary>What <c>GET /v2</c> answers.</summary>
internal static class ServerMetadata
{
    public static void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", "klever-onnx");
        writer.WriteString("version", typeof(ServerMetadata).Assembly.GetName().Version?.ToString(fieldCount: 3));
        writer.WriteStartArray("extensions");
        writer.WriteStringValue("binary_tensor_data");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
