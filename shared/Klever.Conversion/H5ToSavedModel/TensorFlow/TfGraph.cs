namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>A graph while it is built: nodes in an order in which each comes after its inputs, with unique and legal
/// names.</summary>
/// <param name="maximumNodes">More is an error.</param>
internal sealed class TfGraph(int maximumNodes = int.MaxValue)
{
    /// <summary>Characters of all names together.</summary>
    public const long MaximumNameCharacters = 64L * 1024 * 1024;

    private readonly List<TfNode> _nodes = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _suffixes = new(StringComparer.OrdinalIgnoreCase);
    private long _nameCharacters;

    public IReadOnlyList<TfNode> Nodes => _nodes;

    /// <returns>The name that the node got.</returns>
    public string Add(
        string name, string op, IReadOnlyList<string> inputs, params IReadOnlyList<TfAttribute> attributes) =>
        Add(new TfNode(Unique(TfNames.Legal(name)), op, inputs, attributes));

    public string AddConst(string name, TfTensor value, bool isWeight = false) =>
        Add(new TfNode(Unique(TfNames.Legal(name)), "Const", [], [TfAttribute.Type("dtype", value.Type)], value, isWeight));

    private string Add(TfNode node)
    {
        if (_nodes.Count == maximumNodes)
        {
            throw H5Errors.Error(ConversionProblem.TooLarge, $"the graph would have more than {maximumNodes} operations");
        }

        _nameCharacters += node.Name.Length + node.Inputs.Sum(input => (long)input.Length);
        if (_nameCharacters > MaximumNameCharacters)
        {
            throw H5Errors.Error(
                ConversionProblem.TooLarge, $"the names of the graph would have more than {MaximumNameCharacters} characters");
        }

        _nodes.Add(node);
        return node.Name;
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
