using System.Text.Json;
using Klever.OnnxServer.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Klever.OnnxServer.Models;

/// <summary>One model in one version, ready to be asked from any thread.</summary>
internal sealed class ServedModel(string name, string version, InferenceSession session) : IDisposable
{
    public string Name => name;

    public string Version => version;

    /// <exception cref="ProtocolException">The inputs are not those of the model, or ONNX Runtime refuses their values.</exception>
    public InferenceResults Run(InferenceRequest request)
    {
        var outputs = request.Outputs.Count > 0 ? [.. request.Outputs.Select(o => o.Name)] : session.OutputNames;
        if (outputs.FirstOrDefault(o => !session.OutputMetadata.ContainsKey(o)) is { } unknown)
        {
            throw new ProtocolException($"{name} has no output \"{unknown}\"; it has {string.Join(", ", session.OutputNames)}.");
        }

        var values = new List<OrtValue>();
        try
        {
            values.AddRange(request.Inputs.Select(Value));
            using var options = new RunOptions();
            var names = request.Inputs.Select(i => i.Name).ToList();
            var results = session.Run(options, names, values, outputs);
            return new InferenceResults([.. outputs.Zip(results)]);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ProtocolException($"{name}: {exception.Message}");
        }
        finally
        {
            values.ForEach(v => v.Dispose());
        }
    }

    public void WriteMetadata(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteStartArray("versions");
        writer.WriteStringValue(version);
        writer.WriteEndArray();
        writer.WriteString("platform", "onnxruntime_onnx");
        Write(writer, "inputs", session.InputNames, session.InputMetadata);
        Write(writer, "outputs", session.OutputNames, session.OutputMetadata);
        writer.WriteEndObject();
    }

    public void Dispose() => session.Dispose();

    private static void Write(
        Utf8JsonWriter writer, string list, IEnumerable<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata)
    {
        writer.WriteStartArray(list);
        foreach (var tensor in names.Where(n => metadata[n].IsTensor))
        {
            writer.WriteStartObject();
            writer.WriteString("name", tensor);
            writer.WriteString("datatype", DataType.Find(metadata[tensor].ElementDataType)?.Name);
            writer.WriteStartArray("shape");
            foreach (var dimension in metadata[tensor].Dimensions)
            {
                writer.WriteNumberValue(dimension);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private OrtValue Value(InputTensor input)
    {
        if (!session.InputMetadata.TryGetValue(input.Name, out var expected))
        {
            throw new ProtocolException($"{name} has no input \"{input.Name}\"; it has {string.Join(", ", session.InputNames)}.");
        }

        if (expected.ElementDataType != input.Type.Element)
        {
            throw new ProtocolException(
                $"input {input.Name} is {input.Type.Name}, but {name} takes {DataType.Find(expected.ElementDataType)?.Name}.");
        }

        return input.Type == DataType.Bytes ? Texts(input) : Numbers(input);
    }

    private static OrtValue Numbers(InputTensor input)
    {
        input.Check();
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, input.Type.Element, input.Shape);
        try
        {
            input.CopyTo(value.GetTensorMutableRawData());
            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }

    private static OrtValue Texts(InputTensor input)
    {
        var texts = input.Texts();
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, input.Shape);
        for (var i = 0; i < texts.Count; i++)
        {
            value.StringTensorSetElementAt(texts[i], i);
        }

        return value;
    }
}
