using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Caffe;

/// <summary>Sizes that layers without bottoms declare for their tops.</summary>
internal static class CaffeSizes
{
    private static readonly string[] DummyFields = ["num", "channels", "height", "width"];
    private static readonly string[] MemoryFields = ["batch_size", "channels", "height", "width"];

    /// <summary>A <c>BlobShape</c>.</summary>
    public static long[] Of(TextMessage shape) => [.. shape.All("dim").Select(Dimension)];

    /// <summary>One dimension; -1 when it is none that Caffe's <c>int</c> can hold.</summary>
    public static long Dimension(TextValue value) =>
        value.AsInteger("dim") is >= 0 and <= int.MaxValue and var size ? size : -1;

    /// <summary>The sizes of the tops, as far as the layer tells; shorter than the tops or null where it does
    /// not.</summary>
    public static IReadOnlyList<long[]?> OfTops(CaffeLayer layer)
    {
        var parameters = layer.Parameters;
        return layer.Type switch
        {
            "Input" => Spread(parameters.Message("input_param"), layer.Tops.Count),
            "DummyData" => OfDummy(parameters.Message("dummy_data_param"), layer.Tops.Count),
            "MemoryData" => OfMemory(parameters.Message("memory_data_param")),
            "Data" or "AnnotatedData" =>
                OfDatabase(parameters.Message("data_param"), parameters.Message("transform_param"), layer.Type),
            _ => [],
        };
    }

    // One shape for all tops, or one for each.
    private static List<long[]?> Spread(TextMessage parameters, int tops)
    {
        var shapes = parameters.Messages("shape").Select(long[]? (shape) => Of(shape)).ToList();
        return shapes.Count == 1 ? [.. Enumerable.Repeat(shapes[0], tops)] : shapes;
    }

    private static List<long[]?> OfDummy(TextMessage parameters, int tops)
    {
        if (parameters.Has("shape"))
        {
            return Spread(parameters, tops);
        }

        var fields = DummyFields.Select(name => parameters.All(name).Select(Dimension).ToArray()).ToArray();
        return [.. Enumerable.Range(0, tops).Select(top => OfLegacy(fields, top))];
    }

    private static long[]? OfLegacy(long[][] fields, int top) =>
        Array.TrueForAll(fields, values => values.Length > 0)
            ? [.. fields.Select(values => values[Math.Min(top, values.Length - 1)])]
            : null;

    private static List<long[]?> OfMemory(TextMessage parameters)
    {
        var fields = MemoryFields.Select(parameters.Find).ToList();
        return fields.Contains(null)
            ? []
            : [[.. fields.Select(field => Dimension(field!))], [Dimension(fields[0]!)]];
    }

    // The number of channels is that of the images in the database.
    private static List<long[]?> OfDatabase(TextMessage data, TextMessage transform, string type)
    {
        if (data.Find("batch_size") is not { } batch || transform.Find("crop_size") is not { } crop)
        {
            return [];
        }

        var (count, side) = (Dimension(batch), Dimension(crop));
        return type == "Data" ? [[count, -1, side, side], [count]] : [[count, -1, side, side]];
    }
}
