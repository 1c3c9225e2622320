using Klever.Formats.Hdf5;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Finds the weights of each layer of a model by their order, not by their names, which Keras alters.</summary>
internal sealed class KerasWeightMap
{
    private readonly KerasH5 _keras;
    private readonly KerasVersion _version;
    private readonly bool _byNames;
    private readonly Dictionary<KerasLayer, IReadOnlyList<Hdf5Dataset>> _layers = new(
        ReferenceEqualityComparer.Instance);
    private readonly Dictionary<KerasLayer, Dictionary<string, KerasLayer?>> _inner = new(ReferenceEqualityComparer.Instance);

    private KerasWeightMap(KerasH5 keras, KerasVersion version, bool byNames) =>
        (_keras, _version, _byNames) = (keras, version, byNames);

    /// <summary>Whether there is a nested model, whose weights could also be told apart by the layers that their paths name.</summary>
    public bool HasNested { get; private set; }

    /// <param name="byNames">For weights of nested models whose order is not what their layers need.</param>
    public static KerasWeightMap Read(KerasH5 keras, KerasVersion version, bool byNames = false)
    {
        var map = new KerasWeightMap(keras, version, byNames);
        var root = keras.Root.Find("model_weights") ?? keras.Root;
        var seen = new HashSet<long>();
        foreach (var layer in keras.Model.Layers.Where(layer => !layer.IsInput))
        {
            map.Assign(layer, KerasWeightGroup.Find(root, layer.Name) is { } group ? KerasWeightGroup.Read(group, layer.Name, seen) : []);
        }

        return map;
    }

    public IReadOnlyList<Hdf5Dataset> Of(KerasLayer layer) =>
        _layers.TryGetValue(layer, out var datasets) ? datasets : [];

    /// <summary>A layer inside of another one, always the same object: its weights are found by it.</summary>
    public KerasLayer? Inner(KerasLayer wrapper, string key)
    {
        if (!_inner.TryGetValue(wrapper, out var all))
        {
            _inner.Add(wrapper, all = []);
        }

        if (!all.TryGetValue(key, out var inner))
        {
            all.Add(key, inner = _keras.Parser.ParseInner(wrapper.Config, key));
        }

        return inner;
    }

    private void Assign(KerasLayer layer, IReadOnlyList<(string Path, Hdf5Dataset Data)> weights)
    {
        if (ModelOf(layer) is null)
        {
            _layers[layer] = [.. weights.Select(weight => weight.Data)];
            return;
        }

        HasNested = true;
        var (trained, others) = Order(layer);
        List<(KerasLayer Leaf, int Count)> order = [.. trained, .. others];
        var total = order.Sum(part => part.Count);
        if (total != weights.Count)
        {
            throw H5Errors.Error(
                ConversionProblem.MissingWeight,
                $"it is a model with {weights.Count} weights in the file, and its layers have {total}",
                layer.Name,
                layer.ClassName);
        }

        var rest = weights.ToList();
        foreach (var (leaf, count) in order)
        {
            var taken = _byNames ? [.. rest.Where(weight => weight.Path.Split('/').Contains(leaf.Name)).Take(count)] : rest[..count];
            rest = _byNames ? [.. rest.Except(taken)] : rest[count..];
            _layers[leaf] = [.. Of(leaf), .. taken.Select(weight => weight.Data)];
        }
    }

    // All that is trained in a model comes first. What is not trained follows: in Keras 2 in the same two parts, in Keras 3 layer by
    // layer.
    private (List<(KerasLayer Leaf, int Count)> Trained, List<(KerasLayer Leaf, int Count)> Others) Order(KerasLayer layer)
    {
        if (ModelOf(layer) is not { } model)
        {
            var count = KerasWeightCounts.Of(layer, _keras.Parser, _version);
            return ([(layer, count.Trained)], [(layer, count.Fixed)]);
        }

        var parts = model.Layers.Where(inner => !inner.IsInput).Select(Order).ToList();
        if (layer.Config.Flag("trainable", otherwise: true))
        {
            return ([.. parts.SelectMany(part => part.Trained)], [.. parts.SelectMany(part => part.Others)]);
        }

        return _version.Major > 2
            ? ([], [.. parts.SelectMany(part => part.Trained.Concat(part.Others))])
            : ([], [.. parts.SelectMany(part => part.Trained), .. parts.SelectMany(part => part.Others)]);
    }

    // A model, alone or repeated for each step of a sequence.
    private KerasModel? ModelOf(KerasLayer layer) =>
        layer.Nested ?? (layer.ClassName == "TimeDistributed" ? Inner(layer, "layer")?.Nested : null);
}
