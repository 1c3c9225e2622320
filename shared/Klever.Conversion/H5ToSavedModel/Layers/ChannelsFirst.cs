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
        var channels = IsSequence(layer) ? 2 : 1;
        var turned = new KerasConfig(WithChannelsLast(layer.Config.Element));
        var outputs = emit(layer with { Config = turned }, [.. inputs.Select(input => Turned(input, isBack: false))]);
        return [.. outputs.Select(output => Turned(output, isBack: true))];

        // A sequence of images; states, and the last output, are one step of it.
        GraphValue Turned(GraphValue value, bool isBack) => value.Size?.Count switch
        {
            { } count when count == rank => ChannelsFirst.Turned(ops, value, channels, isBack),
            { } count when count == rank - 1 && channels == 2 => ChannelsFirst.Turned(ops, value, 1, isBack),
            _ => value,
        };
    }

    private static bool IsSequence(KerasLayer layer) => layer.ClassName.StartsWith("ConvLSTM", StringComparison.Ordinal);

    private static GraphValue Turned(TfOps ops, GraphValue value, int channels, bool isBack)
    {
        var last = value.Size!.Count - 1;
        var before = Enumerable.Range(0, channels).ToList();
        List<int> order = isBack
            ? [.. before, last, .. Enumerable.Range(channels, last - channels)]
            : [.. before, .. Enumerable.Range(channels + 1, last - channels), channels];
        return value with
        {
            Tensor = ops.Transpose(value.Tensor, [.. order.Select(axis => (long)axis)]),
            Size = [.. order.Select(axis => value.Size[axis])],
        };
    }

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
