using PureHDF;

namespace Klever.Samples;

/// <summary>Writes Keras H5 files: attributes <c>model_config</c>, <c>keras_version</c> and <c>backend</c>, and the
/// group <c>model_weights</c> with one group for each layer.</summary>
/// <remarks>Keras itself writes superblock 0, symbol tables and weights below <c>/model_weights/layer/layer/</c>; this
/// writer makes superblock 3 and link messages, and puts weights directly below their layer. Both are legal HDF5, and
/// readers go by <c>weight_names</c>.</remarks>
public static class KerasFile
{
    /// <param name="weights">By layer, in order; each weight with its name, such as <c>kernel:0</c>, and its
    /// values.</param>
    public static byte[] Write(
        string modelConfig, string kerasVersion,
        IReadOnlyList<(string Layer, IReadOnlyList<KerasWeight> Weights)> weights)
    {
        var groups = new H5Group();
        foreach (var (layer, values) in weights)
        {
            var group = Group(groups, layer.Split('/'));
            foreach (var weight in values)
            {
                var steps = weight.Name.Split('/');
                Group(group, steps[..^1])[steps[^1]] =
                    new H5Dataset(weight.Values, fileDims: [.. weight.Shape.Select(size => (ulong)size)]);
            }

            group.Attributes["weight_names"] = values.Select(weight => weight.Name).ToArray();
        }

        groups.Attributes["layer_names"] = weights.Select(weight => weight.Layer).ToArray();
        groups.Attributes["backend"] = "tensorflow";
        groups.Attributes["keras_version"] = kerasVersion;
        var file = new H5File { ["model_weights"] = groups };
        file.Attributes["model_config"] = modelConfig;
        file.Attributes["keras_version"] = kerasVersion;
        file.Attributes["backend"] = "tensorflow";
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    // A slash in the name of a layer or a weight makes a group, as it does for h5py.
    private static H5Group Group(H5Group group, IReadOnlyList<string> path)
    {
        foreach (var step in path)
        {
            if (!group.TryGetValue(step, out var inner))
            {
                inner = new H5Group();
                group[step] = inner;
            }

            group = (H5Group)inner;
        }

        return group;
    }
}
