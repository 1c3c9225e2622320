using System.Text;
using System.Text.Json;

namespace Klever.OnnxServer.Protocol;

/// <summary>One input: its values are in the JSON, or in the bytes after it.</summary>
internal sealed record InputTensor(string Name, DataType Type, long[] Shape, JsonElement? Data, ReadOnlyMemory<byte> Binary)
{
    public int BinaryLength => Binary.Length;

    public int Count => (int)Shape.Aggregate(1L, (product, d) => product * d);

    public static InputTensor Read(JsonElement input, ReadOnlyMemory<byte> rest)
    {
        var name = input.GetProperty("name").GetString() ?? throw new ProtocolException("an input has no name.");
        var typeName = input.GetProperty("datatype").GetString();
        var type = DataType.Find(typeName) ?? throw new ProtocolException($"input {name}: {typeName} is no data type of the protocol.");
        var shape = ReadShape(name, input.GetProperty("shape"));
        if (input.TryGetProperty("parameters", out var parameters) && parameters.TryGetProperty("binary_data_size", out var size))
        {
            return size.TryGetInt32(out var length) && length >= 0 && length <= rest.Length
                ? new InputTensor(name, type, shape, null, rest[..length])
                : throw new ProtocolException($"input {name}: the request has fewer bytes than binary_data_size says.");
        }

        return input.TryGetProperty("data", out var data)
            ? new InputTensor(name, type, shape, data, default)
            : throw new ProtocolException($"input {name} has neither data nor binary_data_size.");
    }

    /// <summary>Called before memory is taken for what a shape claims.</summary>
    /// <exception cref="ProtocolException">The values are fewer or more than the shape says, or have no such form.</exception>
    public void Check()
    {
        if (Data is not { } data)
        {
            RequireCount(Binary.Length, (long)Count * Type.Size, "bytes");
            return;
        }

        _ = Type.Read ?? throw new ProtocolException($"input {Name}: {Type.Name} has no JSON form; send it as binary data.");
        RequireCount(Flatten(data).Count(), Count, "values");
    }

    /// <summary>Writes the values as the machine has them.</summary>
    /// <exception cref="ProtocolException">One is not of the type.</exception>
    public void CopyTo(Span<byte> target)
    {
        if (Data is not { } data)
        {
            Binary.Span.CopyTo(target);
            return;
        }

        foreach (var value in Flatten(data))
        {
            Read(Type.Read!, value, target[..Type.Size]);
            target = target[Type.Size..];
        }
    }

    /// <summary>The values of an input of texts.</summary>
    public IReadOnlyList<string> Texts()
    {
        var texts = Data is { } data ? [.. Flatten(data).Select(Text)] : SplitTexts();
        RequireCount(texts.Count, Count, "values");
        return texts;
    }

    private string Text(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new ProtocolException($"input {Name}: {value.GetRawText()} is no text.");

    private static long[] ReadShape(string name, JsonElement shape)
    {
        var dimensions = shape.EnumerateArray().Select(d => d.GetInt64()).ToArray();
        var count = 1L;
        foreach (var dimension in dimensions)
        {
            count = dimension is < 0 or > InferenceServer.MaximumBodyBytes ? -1 : count * dimension;
            if (count is < 0 or > InferenceServer.MaximumBodyBytes)
            {
                throw new ProtocolException($"input {name}: the shape [{string.Join(", ", dimensions)}] is out of range.");
            }
        }

        return dimensions;
    }

    // Values may stand in one list or nested as their shape is.
    private static IEnumerable<JsonElement> Flatten(JsonElement data) => data.ValueKind == JsonValueKind.Array
        ? data.EnumerateArray().SelectMany(Flatten)
        : [data];

    private void Read(DataType.Reader read, JsonElement value, Span<byte> target)
    {
        try
        {
            read(value, target);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw new ProtocolException($"input {Name}: {value.GetRawText()} is no {Type.Name}.");
        }
    }

    // Each text with its length before it, in four bytes.
    private List<string> SplitTexts()
    {
        var texts = new List<string>();
        for (var rest = Binary.Span; !rest.IsEmpty;)
        {
            var length = rest.Length >= sizeof(uint) ? BitConverter.ToUInt32(rest) : uint.MaxValue;
            if (length > rest.Length - sizeof(uint))
            {
                throw new ProtocolException($"input {Name}: a text is longer than the bytes that follow.");
            }

            texts.Add(Encoding.UTF8.GetString(rest.Slice(sizeof(uint), (int)length)));
            rest = rest[(sizeof(uint) + (int)length)..];
        }

        return texts;
    }

    private void RequireCount(long found, long expected, string what)
    {
        if (found != expected)
        {
            throw new ProtocolException(
                $"input {Name} has {found} {what}, but its shape [{string.Join(", ", Shape)}] of {Type.Name} asks for {expected}.");
        }
    }
}
