using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Caffe;

/// <summary>The layers of a prototxt of any age: <c>layer</c>, then the older <c>layers</c>, each in the order of the
/// file.</summary>
internal static class CaffeLayers
{
    public static IReadOnlyList<CaffeLayer> Read(TextMessage net)
    {
        var layers = new List<CaffeLayer>();
        var paddings = new Dictionary<string, (string Bottom, TextValue Pad)>(StringComparer.Ordinal);
        foreach (var value in net.All("layer").Concat(net.All("layers")))
        {
            var message = value.AsMessage("layer");
            var layer = message.Find("layer") is { Message: { } inner }
                ? FirstLayerForm.Upgrade(message, inner, value.Position, paddings)
                : Current(message, value.Position);
            if (layer is not null)
            {
                layers.Add(layer);
            }
        }

        return layers;
    }

    private static CaffeLayer Current(TextMessage message, TextPosition position)
    {
        var type = message.Find("type")
            ?? throw new TextFormatException(position, $"layer \"{Models.Excerpt.Of(message.Text("name"))}\" has no type");
        return new CaffeLayer(
            message.Text("name") ?? "",
            type.IsString ? type.Text : LayerTypeNames.Current(type.Text),
            [.. message.Texts("bottom")],
            [.. message.Texts("top")],
            message,
            position);
    }
}
