using Klever.Formats.Hdf5;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>The weights that a file keeps for one layer of its outermost model.</summary>
internal static class KerasWeightGroup
{
    private const int MaximumChunks = 10_000;

    /// <summary>In the order of the attribute <c>weight_names</c>.</summary>
    /// <param name="seen">Where the datasets of other layers stand: none belongs to two, so that a file cannot grow by being
    /// converted.</param>
    public static IReadOnlyList<(string Path, Hdf5Dataset Data)> Read(Hdf5Object group, string layer, HashSet<long> seen)
    {
        var weights = new List<(string, Hdf5Dataset)>();
        foreach (var name in Names(group))
        {
            var found = Find(group, name);
            var dataset = found?.AsDataset() ?? throw H5Errors.Error(
                ConversionProblem.MissingWeight, $"its weight {name} is not in the file", layer);
            if (!seen.Add(found.Address))
            {
                throw H5Errors.Error(ConversionProblem.CorruptFile, $"its weight {name} is listed twice", layer);
            }

            weights.Add((name, dataset));
        }

        return weights;
    }

    /// <summary>An object by its path: names of layers and weights may have slashes, which make groups in groups.</summary>
    public static Hdf5Object? Find(Hdf5Object group, string path)
    {
        var found = (Hdf5Object?)group;
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = found?.Find(step);
        }

        return found;
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
}
