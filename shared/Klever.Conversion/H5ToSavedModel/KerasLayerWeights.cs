using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Hdf5;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>The weights of one layer, in the order of Keras. Each becomes one constant, however often the layer is
/// called.</summary>
internal sealed class KerasLayerWeights(TfGraph graph, string path, IReadOnlyList<Hdf5Dataset> datasets)
{
    private readonly Dictionary<string, string> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KerasLayerWeights> _parts = new(StringComparer.Ordinal);

    public int Count => datasets.Count;

    /// <summary>A constant with the elements of a weight.</summary>
    /// <param name="expected">Its dimensions in the file; -1 fits any.</param>
    /// <param name="shape">Its dimensions in the graph, when they are others.</param>
    public string Tensor(int index, string name, IReadOnlyList<long> expected, IReadOnlyList<long>? shape = null)
    {
        var dataset = Find(index, name, expected);
        var key = shape is null ? name : $"{name}/{string.Join('x', shape)}";
        return Derived(key, () => TfTensor.Of(shape ?? dataset.Dimensions, dataset), name);
    }

    /// <summary>The elements of a weight that has to be computed with; for what is small, or while a tensor is written.</summary>
    public float[] Values(int index, string name, IReadOnlyList<long> expected)
    {
        var dataset = Find(index, name, expected);
        var values = new float[dataset.Count];
        KerasWeightElements.Read(dataset, 0, values);
        return values;
    }

    /// <summary>Holds a weight to its dimensions, before anything is made in its size.</summary>
    public void Require(int index, string name, IReadOnlyList<long> expected) => Find(index, name, expected);

    public IReadOnlyList<long> Shape(int index) => index < datasets.Count ? datasets[index].Dimensions : [];

    /// <summary>A constant that is computed from weights, once.</summary>
    public string Derived(string key, Func<TfTensor> create, string? name = null)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            node = graph.AddConst($"{path}/{name ?? key}", create(), isWeight: true);
            _nodes.Add(key, node);
        }

        return node;
    }

    /// <summary>The weights of a layer inside of this one.</summary>
    public KerasLayerWeights Part(int start, int count, string name)
    {
        if (!_parts.TryGetValue(name, out var part))
        {
            part = new KerasLayerWeights(graph, $"{path}/{name}", [.. datasets.Skip(start).Take(count)]);
            _parts.Add(name, part);
        }

        return part;
    }

    private Hdf5Dataset Find(int index, string name, IReadOnlyList<long> expected)
    {
        if (index >= datasets.Count)
        {
            throw H5Errors.Error(
                ConversionProblem.MissingWeight,
                $"it has {datasets.Count} weights in the file; its {name} would be number {index + 1}",
                path);
        }

        var dataset = datasets[index];
        if (!KerasWeightElements.IsKnown(dataset.DType))
        {
            throw H5Errors.Error(
                ConversionProblem.UnsupportedAttribute,
                $"its weight {name} is {dataset.DType}; real numbers are converted",
                path);
        }

        if (dataset.Count > 0 && dataset.Address == Hdf5Fields.Undefined)
        {
            throw H5Errors.Error(
                ConversionProblem.MissingWeight, $"its weight {name} has a place in the file and was never written", path);
        }

        var fits = dataset.Dimensions.Count == expected.Count
            && dataset.Dimensions.Zip(expected).All(pair => pair.Second < 0 || pair.First == pair.Second);
        return fits
            ? dataset
            : throw H5Errors.Error(
                ConversionProblem.WeightShapeMismatch,
                $"its weight {name} should be [{string.Join(", ", expected)}], and is [{string.Join(", ", dataset.Dimensions)}]",
                path);
    }
}
