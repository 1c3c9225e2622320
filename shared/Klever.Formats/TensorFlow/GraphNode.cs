namespace Klever.Formats.TensorFlow;

/// <summary>A NodeDef with its attributes, but without large constants.</summary>
internal sealed class GraphNode
{
    private Dictionary<string, AttributeValue>? _attributes;

    public string Name { get; set; } = "";

    /// <summary>The operation, such as <c>Conv2D</c>.</summary>
    public string Type { get; set; } = "";

    public List<NodeInput> Inputs { get; } = [];

    public void Set(string attribute, AttributeValue value) =>
        (_attributes ??= new Dictionary<string, AttributeValue>(StringComparer.Ordinal))[attribute] = value;

    public bool Has(string attribute) => _attributes?.ContainsKey(attribute) == true;

    /// <summary>A number, a flag (0 or 1) or a data type.</summary>
    public long Number(string attribute, long otherwise = 0) =>
        Find(attribute) is { Content: null, Number: { } number } ? number : otherwise;

    public bool Flag(string attribute) => Number(attribute) != 0;

    public string Text(string attribute, string otherwise = "") => Find(attribute)?.Content as string ?? otherwise;

    /// <summary>A list of numbers, flags or data types; empty when there is none.</summary>
    public IReadOnlyList<long> Numbers(string attribute) => Find(attribute)?.Content as List<long> ?? [];

    /// <summary>The shape, or the first of a list of shapes; null when it is absent or of unknown rank.</summary>
    public IReadOnlyList<long>? Shape(string attribute, int place = 0) => Find(attribute)?.Content switch
    {
        AttributeShapes shapes when place < shapes.List.Count => shapes.List[place],
        _ => null,
    };

    public ConstantTensor? Tensor(string attribute) => Find(attribute)?.Content as ConstantTensor;

    private AttributeValue? Find(string attribute) =>
        _attributes is not null && _attributes.TryGetValue(attribute, out var value) ? value : null;
}
