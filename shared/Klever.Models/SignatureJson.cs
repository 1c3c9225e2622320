using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klever.Models;

/// <summary>The <c>signature</c> object of an ormbfile, in both directions.</summary>
public static class SignatureJson
{
    /// <summary>Reads a signature; absent or null gives an empty one. <c>dtype</c>, which older files write, is read as <c>dType</c>.</summary>
    /// <exception cref="OrmbFileException">A part has another shape than ORMB defines.</exception>
    public static Signature Read(JsonNode? node) => node switch
    {
        null => Signature.Empty,
        JsonObject signature => new Signature
        {
            Inputs = ReadTensors(signature["inputs"], "signature.inputs"),
            Outputs = ReadTensors(signature["outputs"], "signature.outputs"),
            Layers = ReadLayers(signature["layers"]),
        },
        _ => throw new OrmbFileException("signature: expected an object with inputs, outputs and layers."),
    };

    public static JsonObject Write(Signature signature)
    {
        var target = new JsonObject
        {
            ["inputs"] = WriteTensors(signature.Inputs),
            ["outputs"] = WriteTensors(signature.Outputs),
            ["layers"] = WriteLayers(signature.Layers),
        };
        return target;
    }

    internal static void Merge(JsonObject target, Signature extracted)
    {
        if (extracted.Inputs.Count > 0)
        {
            target["inputs"] = WriteTensors(extracted.Inputs);
        }

        if (extracted.Outputs.Count > 0)
        {
            target["outputs"] = WriteTensors(extracted.Outputs);
        }

        target["layers"] = WriteLayers(extracted.Layers);
    }

    private static JsonArray WriteTensors(IReadOnlyList<Tensor> tensors) => new([.. tensors.Select(WriteTensor)]);

    private static JsonNode WriteTensor(Tensor tensor)
    {
        var target = new JsonObject { ["name"] = tensor.Name };
        if (tensor.Size is { } size)
        {
            target["size"] = new JsonArray([.. size.Select(d => (JsonNode)JsonValue.Create(d))]);
        }

        if (tensor.DType is { } type)
        {
            target["dType"] = type;
        }

        if (tensor.OpType is { } opType)
        {
            target["opType"] = opType;
        }

        if (tensor.Values is { } values)
        {
            target["values"] = new JsonArray([.. values.Select(v => (JsonNode)JsonValue.Create(v))]);
        }

        return target;
    }

    private static JsonObject WriteLayers(IReadOnlyList<LayerCount> layers)
    {
        var target = new JsonObject();
        foreach (var layer in layers)
        {
            target[layer.Type] = layer.Count;
        }

        return target;
    }

    private static List<Tensor> ReadTensors(JsonNode? node, string place) => node switch
    {
        null => [],
        JsonArray array => [.. array.Select((item, index) => ReadTensor(item, $"{place}[{index}]"))],
        _ => throw new OrmbFileException($"{place}: expected a list."),
    };

    private static Tensor ReadTensor(JsonNode? node, string place) => node is not JsonObject tensor
        ? throw new OrmbFileException($"{place}: expected an object with name, size and dType.")
        : new Tensor
        {
            Name = Text(tensor, "name", place) ?? "",
            DType = Text(tensor, "dType", place) ?? Text(tensor, "dtype", place),
            OpType = Text(tensor, "opType", place),
            Size = List(tensor["size"], $"{place}.size", Integer),
            Values = List(tensor["values"], $"{place}.values", Scalar),
        };

    private static List<LayerCount> ReadLayers(JsonNode? node) => node switch
    {
        null => [],
        JsonObject layers => [.. layers.Select(l => new LayerCount(l.Key, (int)Integer(l.Value, $"signature.layers.{l.Key}")))],
        _ => throw new OrmbFileException("signature.layers: expected an object of layer type and count."),
    };

    private static List<T>? List<T>(JsonNode? node, string place, Func<JsonNode?, string, T> read) => node switch
    {
        null => null,
        JsonArray array => [.. array.Select((item, index) => read(item, $"{place}[{index}]"))],
        _ => throw new OrmbFileException($"{place}: expected a list."),
    };

    private static long Integer(JsonNode? node, string place) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && double.TryParse(value.ToString(), out var number)
        && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
            ? (long)number
            : throw new OrmbFileException($"{place}: expected an integer, found {Excerpt.Of(node?.ToJsonString() ?? "null")}.");

    private static string Scalar(JsonNode? node, string place) => node is JsonValue value
        ? value.ToString()
        : throw new OrmbFileException($"{place}: expected text.");

    private static string? Text(JsonObject owner, string key, string place) => owner[key] switch
    {
        null => null,
        JsonValue value => value.ToString(),
        _ => throw new OrmbFileException($"{place}.{key}: expected text."),
    };
}
