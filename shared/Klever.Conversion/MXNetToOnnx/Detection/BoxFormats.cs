using Klever.Conversion.MXNetToOnnx.Operations;

namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>Boxes as two corners, or as a center and a size. MXNet leaves alone those that begin with a negative
/// number.</summary>
internal static class BoxFormats
{
    public static string Convert(NodeConversion node, BoxSettings settings, string rows)
    {
        if (settings.TakesCenters == settings.GivesCenters)
        {
            return rows;
        }

        var (start, end) = (settings.Coordinates, settings.Coordinates + 4);
        var first = node.Slice(rows, start, start + 2, axis: 2);
        var second = node.Slice(rows, start + 2, end, axis: 2);
        var converted = settings.GivesCenters ? ToCenters(node, first, second) : ToCorners(node, first, second);
        var isLeftAlone = node.Step("Less", [node.Slice(rows, start, start + 1, axis: 2), node.Scalar(0)]);
        var box = node.Step("Where", [isLeftAlone, node.Slice(rows, start, end, axis: 2), converted]);
        string[] parts =
        [
            .. start > 0 ? [node.Slice(rows, 0, start, axis: 2)] : Array.Empty<string>(),
            box,
            .. end < settings.Width ? [node.Slice(rows, end, settings.Width, axis: 2)] : Array.Empty<string>(),
        ];
        return node.Concat(2, parts);
    }

    private static string ToCorners(NodeConversion node, string center, string size)
    {
        var half = node.Step("Div", [size, node.Scalar(2)]);
        return node.Concat(2, node.Step("Sub", [center, half]), node.Step("Add", [center, half]));
    }

    private static string ToCenters(NodeConversion node, string low, string high)
    {
        var center = node.Step("Div", [node.Step("Add", [low, high]), node.Scalar(2)]);
        return node.Concat(2, center, node.Step("Sub", [high, low]));
    }
}
