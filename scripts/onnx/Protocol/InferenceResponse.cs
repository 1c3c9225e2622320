using System.Text;
using System.Text.Json;
using Klever.OnnxServer.Models;
using Microsoft.ML.OnnxRuntime;

namespace Klever.OnnxServer.Protocol;

/// <summary>The answer: JSON, and after it the bytes of the outputs that were wanted so.</summary>
/// <param name="JsonLength">Bytes of the JSON; null when it is all.</param>
internal sealed record InferenceResponse(MemoryStream Content, int? JsonLength) : IDisposable
{
    public static InferenceResponse Write(ServedModel model, InferenceRequest request, InferenceResults results)
    {
        var content = new MemoryStream();
        var binary = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartObject();
            writer.WriteString("model_name", model.Name);
            writer.WriteString("model_version", model.Version);
            if (request.Id is not null)
            {
                writer.WriteString("id", request.Id);
            }

            writer.WriteStartArray("outputs");
            foreach (var (name, value) in results.Values)
            {
                var isBinary = request.Outputs.FirstOrDefault(o => o.Name == name)?.IsBinary ?? request.IsBinary;
                WriteOutput(writer, name, value, isBinary ? binary : null);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        int? jsonLength = binary.Length > 0 ? (int)content.Length : null;
        binary.WriteTo(content);
        return new InferenceResponse(content, jsonLength);
    }

    public void Dispose() => Content.Dispose();

    private static void WriteOutput(Utf8JsonWriter writer, string name, OrtValue value, MemoryStream? binary)
    {
        var shape = value.GetTensorTypeAndShape();
        var type = DataType.Find(shape.ElementDataType)
            ?? throw new ProtocolException($"output {name} is of type {shape.ElementDataType}, which the protocol does not have.");
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("datatype", type.Name);
        writer.WriteStartArray("shape");
        foreach (var dimension in shape.Shape)
        {
            writer.WriteNumberValue(dimension);
        }

        writer.WriteEndArray();
        if (binary is null)
        {
            WriteData(writer, name, type, value);
        }
        else
        {
            var start = binary.Length;
            WriteBinary(binary, type, value);
            writer.WriteStartObject("parameters");
            writer.WriteNumber("binary_data_size", binary.Length - start);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, string name, DataType type, OrtValue value)
    {
        writer.WriteStartArray("data");
        if (type == DataType.Bytes)
        {
            foreach (var text in value.GetStringTensorAsArray())
            {
                writer.WriteStringValue(text);
            }
        }
        else
        {
            WriteNumbers(writer, name, type, value.GetTensorMutableRawData());
        }

        writer.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, DataType type, ReadOnlySpan<byte> values)
    {
        var write = type.Write ?? throw new ProtocolException($"output {name}: {type.Name} has no JSON form; ask for binary data.");
        try
        {
            for (; !values.IsEmpty; values = values[type.Size..])
            {
                write(writer, values[..type.Size]);
            }
        }
        catch (ArgumentException)
        {
            throw new ProtocolException($"output {name} has a value that is not finite, which JSON does not know; ask for binary data.");
        }
    }

    private static void WriteBinary(MemoryStream binary, DataType type, OrtValue value)
    {
        if (type != DataType.Bytes)
        {
            binary.Write(value.GetTensorMutableRawData());
            return;
        }

        foreach (var text in value.GetStringTensorAsArray())
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            binary.Write(BitConverter.GetBytes((uint)bytes.Length));
            binary.Write(bytes);
        }
    }
}
