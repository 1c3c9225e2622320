namespace Klever.Formats.Caffe.TextFormat;

/// <summary>A message of the text format without a schema: fields by name, any number of times, in their order. What
/// forks
/// of a framework add is kept, so a reader may ask for it.</summary>
internal sealed class TextMessage
{
    public static readonly TextMessage Empty = new();

    private readonly List<TextField> _fields = [];

    public IReadOnlyList<TextField> Fields => _fields;

    public void Add(string name, TextValue value) => _fields.Add(new TextField(name, value));

    public bool Has(string name) => _fields.Exists(field => field.Name == name);

    public IEnumerable<TextValue> All(string name) =>
        _fields.Where(field => field.Name == name).Select(field => field.Value);

    /// <summary>The value of a singular field: of several the last, as protobuf has it.</summary>
    public TextValue? Find(string name) => _fields.FindLast(field => field.Name == name).Value;

    /// <summary>A singular message; empty when there is none, merged when there are several.</summary>
    public TextMessage Message(string name)
    {
        var found = Messages(name).Take(2).ToList();
        if (found.Count < 2)
        {
            return found.Count == 0 ? Empty : found[0];
        }

        var merged = new TextMessage();
        merged._fields.AddRange(Messages(name).SelectMany(message => message._fields));
        return merged;
    }

    public IEnumerable<TextMessage> Messages(string name) => All(name).Select(value => value.AsMessage(name));

    public string? Text(string name) => Find(name)?.Text;

    public IEnumerable<string> Texts(string name) => All(name).Select(value => value.Text);

    public long? Integer(string name) => Find(name)?.AsInteger(name);

    public IReadOnlyList<long> Integers(string name) => [.. All(name).Select(value => value.AsInteger(name))];

    public double? Number(string name) => Find(name)?.AsNumber(name);

    public IReadOnlyList<double> Numbers(string name) => [.. All(name).Select(value => value.AsNumber(name))];

    public bool? Flag(string name) => Find(name)?.AsFlag(name);
}
