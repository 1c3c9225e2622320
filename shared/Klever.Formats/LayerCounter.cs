using System.Runtime.InteropServices;
using Klever.Models;

namespace Klever.Formats;

/// <summary>Counts operations by type and remembers the order in which the types first occurred.</summary>
internal sealed class LayerCounter
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _types = [];
    private readonly List<int> _counts = [];

    public void Add(string type) => Add(type, count: 1);

    public void Add(LayerCounter other)
    {
        for (var i = 0; i < other._types.Count; i++)
        {
            Add(other._types[i], other._counts[i]);
        }
    }

    public IReadOnlyList<LayerCount> ToList() => [.. _types.Zip(_counts, (type, count) => new LayerCount(type, count))];

    /// <summary>The types that occurred, each once.</summary>
    public IReadOnlyList<string> Types => _types;

    private void Add(string type, int count)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, type, out var exists);
        if (exists)
        {
            _counts[place] += count;
            return;
        }

        place = _types.Count;
        _types.Add(type);
        _counts.Add(count);
    }
}
