using Klever.Models;

namespace Klever.Formats.Keras;

/// <summary>Counts the layers of a model by class. Those of nested models count, the models themselves do not, nor do
/// inputs.</summary>
internal static class KerasLayerCounts
{
    public static IReadOnlyList<LayerCount> Of(KerasModel model)
    {
        var order = new List<string>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        Count(model, order, counts);
        return [.. order.Select(name => new LayerCount(name, counts[name]))];
    }

    private static void Count(KerasModel model, List<string> order, Dictionary<string, int> counts)
    {
        foreach (var layer in model.Layers.Where(layer => !layer.IsInput))
        {
            if (layer.Nested is { } nested)
            {
                Count(nested, order, counts);
                continue;
            }

            foreach (var branch in layer.Branches)
            {
                Count(branch, order, counts);
            }

            if (!counts.TryGetValue(layer.ClassName, out var count))
            {
                order.Add(layer.ClassName);
            }

            counts[layer.ClassName] = count + 1;
        }
    }
}
