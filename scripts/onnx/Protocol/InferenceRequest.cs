using System.Text.Json;

namespace Klever.OnnxServer.Protocol;

/// <summary>A request for inference, as it came in.</summary>
internal sealed class InferenceRequest : IDisposable
{
    private const int MaximumDepth = 32;
    private readonly JsonDocument _document;

    private InferenceRequest(JsonDocument document) => _document = document;

    /// <summary>Returned as it came; null for none.</summary>
    public string? Id { get; private init; }

    public required IReadOnlyList<InputTensor> Inputs { get; init; }

    /// <summary>The outputs that are wanted; empty for all.</summary>
    public required IReadOnlyList<RequestedOutput> Outputs { get; init; }

    /// <summary>Whether outputs that do not say otherwise are wanted as bytes.</summary>
    public bool IsBinary { get; private init; }

    /// <param name="body">JSON, and the bytes of tensors after it.</param>
    /// <param name="jsonLength">Bytes of the JSON.</param>
    /// <exception cref="ProtocolException">It is no such request.</exception>
    public static InferenceRequest Parse(ReadOnlyMemory<byte> body, int jsonLength)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(body[..jsonLength], new JsonDocumentOptions { MaxDepth = MaximumDepth });
            return Read(document, body[jsonLength..]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            document?.Dispose();
            throw new ProtocolException($"the request is not one for inference: {exception.Message}");
        }
        catch
        {
            document?.Dispose();
            throw;
        }
    }

    public void Dispose() => _document.Dispose();

    private static InferenceRequest Read(JsonDocument document, ReadOnlyMemory<byte> binary)
    {
        var root = document.RootElement;
        var inputs = new List<InputTensor>();
        foreach (var input in root.GetProperty("inputs").EnumerateArray())
        {
            var tensor = InputTensor.Read(input, binary);
            binary = binary[tensor.BinaryLength..];
            inputs.Add(tensor);
        }

        if (!binary.IsEmpty)
        {
            throw new ProtocolException($"{binary.Length} bytes follow that no input asks for with binary_data_size.");
        }

        return new InferenceRequest(document)
        {
            Id = root.TryGetProperty("id", out var id) ? id.GetString() : null,
            Inputs = inputs,
            Outputs = root.TryGetProperty("outputs", out var outputs) ? [.. outputs.EnumerateArray().Select(RequestedOutput.Read)] : [],
            IsBinary = Flag(root, "binary_data_output") == true,
        };
    }

    /// <summary>A flag among the parameters of an object; null when it is not there.</summary>
    internal static bool? Flag(JsonElement item, string name) =>
        item.TryGetProperty("parameters", out var parameters) && parameters.TryGetProperty(name, out var flag) ? flag.GetBoolean() : null;
}

/// <param name="Name">Of the output.</param>
/// <param name="IsBinary">Null: as the request says for all.</param>
internal sealed record RequestedOutput(string Name, bool? IsBinary)
{
    public static RequestedOutput Read(JsonElement output) =>
        new(output.GetProperty("name").GetString()!, InferenceRequest.Flag(output, "binary_data"));
}
