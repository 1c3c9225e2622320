using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Caffe;

/// <summary>What has to be given to a network: <c>input</c> fields, layers that receive or read data, and blobs that a
/// layer
/// takes but none makes.</summary>
internal static class CaffeInputs
{
    private const string InputLayer = "Input";

    public static bool IsInput(CaffeLayer layer) => layer.Type == InputLayer;

    public static IReadOnlyList<CaffeInput> Of(TextMessage net, IReadOnlyList<CaffeLayer> layers)
    {
        var inputs = Declared(net).ToList();
        var known = inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            var given = IsSource(layer) ? Tops(layer) : Unmade(layer, known);
            inputs.AddRange(given.Where(input => known.Add(input.Name)));
            known.UnionWith(layer.Tops);
        }

        return inputs;
    }

    // A layer without bottoms makes its tops out of data; only Parameter makes them out of weights.
    private static bool IsSource(CaffeLayer layer) => layer.Bottoms.Count == 0 && layer.Type != "Parameter";

    private static IEnumerable<CaffeInput> Unmade(CaffeLayer layer, HashSet<string> known) =>
        layer.Bottoms.Where(bottom => !known.Contains(bottom)).Select(bottom => new CaffeInput(bottom, Size: null));

    private static IEnumerable<CaffeInput> Declared(TextMessage net)
    {
        var names = net.Texts("input").ToList();
        var shapes = net.Messages("input_shape").Select(CaffeSizes.Of).ToList();
        var dimensions = net.All("input_dim").Select(CaffeSizes.Dimension).ToArray();
        var each = names.Count == 1 ? dimensions.Length : 4;
        return names.Select((name, index) => new CaffeInput(name, SizeOf(index)));

        long[]? SizeOf(int index)
        {
            if (index < shapes.Count)
            {
                return shapes[index];
            }

            var start = index * each;
            return each > 0 && start + each <= dimensions.Length ? dimensions[start..(start + each)] : null;
        }
    }

    private static IEnumerable<CaffeInput> Tops(CaffeLayer layer)
    {
        var sizes = CaffeSizes.OfTops(layer);
        return layer.Tops.Select((top, index) => new CaffeInput(top, index < sizes.Count ? sizes[index] : null));
    }
}
