using Klever.Formats.Hdf5;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Finds the weights of each layer of a model by their order, never by their names, which Keras
/// alters.</summary>
internal sealed class KerasWeightMap
{
    private const int MaximumChunks = 10_000;

    private readonly KerasH5 _keras;
    private readonly KerasVersion _version;
    private readonly Dictionary<KerasLayer, IReadOnlyList<Hdf5Dataset>> _layers = new(
        ReferenceEqualityComparer.Instance);

    private KerasWeightMap(KerasH5 keras, KerasVersion version) => (_keras, _version) = (keras, version);

    public static KerasWeightMap Read(KerasH5 keras, KerasVersion version)
    {
        var map = new KerasWeightMap(keras, version);
        var root = keras.Root.Find("model_weights") ?? keras.Root;
        foreach (var layer in keras.Model.Layers.Where(layer => !layer.IsInput))
        {
            var group = root.Find(layer.Name);
            map.Assign(layer, group is null ? [] : ReadGroup(group, layer.Name));
        }

        return map;
    }

    public IReadOnlyList<Hdf5Dataset> Of(KerasLayer layer) =>
        _layers.TryGetValue(layer, out var datasets) ? datasets : [];

    private static List<Hdf5Dataset> ReadGroup(Hdf5Object group, string layer)
    {
        var datasets = new List<Hdf5Dataset>();
        foreach (var name in Names(group))
        {
            var found = group;
            foreach (var step in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                found = found?.Find(step);
            }

            datasets.Add(found?.AsDataset() ?? throw H5Errors.Error(
                ConversionProblem.MissingWeight, $"its weight {name} is not in the file", layer));
        }

        return datasets;
    }

    // A list of names that is too long for one attribute stands in several.
    private static IEnumerable<string> Names(Hdf5Object group)
    {
        if (group.FindAttribute("weight_names") is { } whole)
        {
            return whole.ReadTexts();
        }

        return Enumerable.Range(0, MaximumChunks)
            .Select(i => group.FindAttribute($"weight_names{i}"))
            .TakeWhile(attribute => attribute is not null)
            .SelectMany(attribute => attribute!.ReadTexts());
    }

    // The group of a nested model holds all that is trained in it, then all that is not.
    private void Assign(KerasLayer layer, List<Hdf5Dataset> datasets)
    {
        if (layer.Nested is not { } nested)
        {
            _layers[layer] = datasets;
            return;
        }

        var leaves = Leaves(nested, isTrained: layer.Config.Flag("trainable", otherwise: true)).ToList();
        var total = leaves.Sum(leaf => leaf.Count.All);
        if (total != datasets.Count)
        {
            throw H5Errors.Error(
                ConversionProblem.MissingWeight,
                $"it is a model with {datasets.Count} weights in the file, and its layers have {total}",
                layer.Name,
                layer.ClassName);
        }

        var (trained, others) = (0, leaves.Sum(leaf => leaf.Count.Trained));
        foreach (var (leaf, count) in leaves)
        {
            _layers[leaf] = [.. datasets.Skip(trained).Take(count.Trained), .. datasets.Skip(others).Take(count.Fixed)];
            trained += count.Trained;
            others += count.Fixed;
        }
    }

    private IEnumerable<(KerasLayer Layer, KerasWeightCount Count)> Leaves(KerasModel model, bool isTrained)
    {
        foreach (var layer in model.Layers.Where(layer => !layer.IsInput))
        {
            if (layer.Nested is { } nested)
            {
                foreach (var leaf in Leaves(nested, isTrained && layer.Config.Flag("trainable", otherwise: true)))
                {
                    yield return leaf;
                }

                continue;
            }

            var count = KerasWeightCounts.Of(layer, _keras.Parser, _version);
            yield return (layer, isTrained ? count : new KerasWeightCount(0, count.All));
        }
    }
}
