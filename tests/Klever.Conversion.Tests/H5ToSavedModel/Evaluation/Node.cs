namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>A NodeDef.</summary>
internal sealed class Node
{
    private readonly Dictionary<string, WireMessage> _attributes;

    public Node(WireMessage message)
    {
        Name = message.Text(1);
        Op = message.Text(2);
        Inputs = [.. message.Texts(3)];
        _attributes = message.Messages(5).ToDictionary(entry => entry.Text(1), entry => entry.Message(2));
    }

    /// <summary>A node without attributes.</summary>
    public static Node Plain { get; } = new(new WireMessage(ReadOnlyMemory<byte>.Empty));

    public string Name { get; }

    public string Op { get; }

    public IReadOnlyList<string> Inputs { get; }

    public IEnumerable<string> AttributeNames => _attributes.Keys;

    public int Integer(string name, int otherwise = 0) => _attributes.TryGetValue(name, out var value) ? value.Integer(3) : otherwise;

    public float Real(string name, float otherwise) => _attributes.TryGetValue(name, out var value) ? value.Real(4) : otherwise;

    public bool Flag(string name, bool otherwise = false) => _attributes.TryGetValue(name, out var value) ? value.Number(5) != 0 : otherwise;

    public string Text(string name) => _attributes[name].Text(2);

    public int Type(string name) => _attributes[name].Integer(6);

    public string Function(string name) => _attributes[name].Message(10).Text(1);

    public IReadOnlyList<int>? Integers(string name) => _attributes.TryGetValue(name, out var value) ? value.Message(1).Packed(3) : null;

    public IReadOnlyList<float> Reals(string name) => _attributes[name].Message(1).Floats(4);

    public WireMessage Tensor(string name) => _attributes[name].Message(8);

    public bool Has(string name) => _attributes.ContainsKey(name);
}
