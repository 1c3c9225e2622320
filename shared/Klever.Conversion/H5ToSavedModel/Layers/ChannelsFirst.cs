using System.Buffers;
using System.Text.Json;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Layers with the channels in front of the image. TensorFlow on a processor knows only channels behind it, so that the tensor
/// is turned before such a layer and turned back after it.</summary>
internal static class ChannelsFirst
{
    private const string Key = "data_format";

    /// <summary>More than any model_config that was read has.</summary>
    private const int MaximumDepth = 1000;

    public static bool Applies(KerasLayer layer, IReadOnlyList<GraphValue> inputs) =>
        layer.Config.Text(Key) == "channels_first" && inputs[0].Size?.Count > 2;

    public static IReadOnlyList<GraphValue> Emit(
        KerasLayer layer,
        TfOps ops,
        IReadOnlyList<GraphValue> inputs,
        Func<KerasLayer, IReadOnlyList<GraphValue>, IReadOnlyList<GraphValue>> emit)
    {
        var rank = inputs[0].Size!.Count;
        long[] toLast = [0, .. Enumerable.Range(2, rank - 2).Select(axis => (long)axis), 1];
        long[] toFirst = [0, rank - 1, .. Enumerable.Range(1, rank - 2).Select(axis => (long)axis)];
        var turned = new KerasConfig(WithChannelsLast(layer.Config.Element));
        var outputs = emit(layer with { Config = turned }, [.. inputs.Select(input => Turned(ops, input, toLast))]);
        return [.. outputs.Select(output => output.Size?.Count == rank ? Turned(ops, output, toFirst) : output)];
    }

    private static GraphValue Turned(TfOps ops, GraphValue value, long[] order) => value.Size?.Count == order.Length
        ? value with
        {
            Tensor = ops.Transpose(value.Tensor, order),
            Size = [.. order.Select(axis => value.Size[(int)axis])],
        }
        : value;

    private static JsonElement WithChannelsLast(JsonElement config)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString(Key, "channels_last");
            foreach (var property in config.EnumerateObject().Where(property => property.Name != Key))
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonDocument.Parse(bytes.WrittenMemory, new JsonDocumentOptions { MaxDepth = MaximumDepth }).RootElement;
    }
}
