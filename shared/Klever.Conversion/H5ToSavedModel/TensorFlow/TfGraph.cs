namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>A graph while it is built: nodes in an order in which each comes after its inputs, with unique and legal
/// names.</summary>
internal sealed class TfGraph
{
    private readonly List<TfNode> _nodes = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _suffixes = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<TfNode> Nodes => _nodes;

    /// <returns>The name that the node got.</returns>
    public string Add(
        string name, string op, IReadOnlyList<string> inputs, params IReadOnlyList<TfAttribute> attributes)
    {
        var unique = Unique(TfNames.Legal(name));
        _nodes.Add(new TfNode(unique, op, inputs, attributes));
        return unique;
    }

    public string AddConst(string name, TfTensor value, bool isWeight = false)
    {
        var unique = Unique(TfNames.Legal(name));
        _nodes.Add(new TfNode(unique, "Const", [], [TfAttribute.Type("dtype", value.Type)], value, isWeight));
        return unique;
    }

    private string Unique(string name)
    {
        var unique = name;
        while (!_names.Add(unique))
        {
            _suffixes[name] = _suffixes.GetValueOrDefault(name) + 1;
            unique = $"{name}_{_suffixes[name]}";
        }

        return unique;
    }
}
