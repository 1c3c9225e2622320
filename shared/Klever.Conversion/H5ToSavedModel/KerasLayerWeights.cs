using System.Runtime.InteropServices;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Hdf5;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>The weights of one layer, in the order of Keras. Each becomes one constant, however often the layer is
/// called.</summary>
internal sealed class KerasLayerWeights(TfGraph graph, string path, IReadOnlyList<Hdf5Dataset> datasets)
{
    private readonly Dictionary<string, string> _nodes = new(StringComparer.Ordinal);

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

    /// <summary>The elements of a weight that has to be computed with.</summary>
    public float[] Values(int index, string name, IReadOnlyList<long> expected)
    {
        var dataset = Find(index, name, expected);
        var values = new float[dataset.Count];
        dataset.Read(0, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

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
    public KerasLayerWeights Part(int start, int count, string name) =>
        new(graph, $"{path}/{name}", [.. datasets.Skip(start).Take(count)]);

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
        if (dataset.DType != "float32")
        {
            throw H5Errors.Error(
                ConversionProblem.UnsupportedAttribute,
                $"its weight {name} is {dataset.DType}; float32 is converted",
                path);
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
