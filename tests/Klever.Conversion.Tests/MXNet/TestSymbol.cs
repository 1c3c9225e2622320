using System.Text;
using Klever.Conversion.Tests.MXNet.Evaluation;

namespace Klever.Conversion.Tests.MXNet;

/// <summary>A symbol in a few lines, and random values for its variables:
/// <c>input x 2,3,8,8</c>, <c>weight w 4,3,3,3</c>, <c>positive var 4</c>, <c>y = Convolution(x, w) kernel=(3,3)</c>, <c>heads y s:1</c>.</summary>
internal sealed class TestSymbol
{
    private readonly List<string> _nodes = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Random _random = new(7);
    private string? _heads;

    public TestSymbol(string lines, string attributesKey = "attrs")
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "heads":
                    _heads = string.Join(", ", words.Skip(1).Select(Entry));
                    break;
                case "label":
                    AddVariable(words[1]);
                    break;
                case "input" or "weight" or "positive" or "index":
                    AddVariable(words[0], words[1], [.. words[2].Split(',').Select(int.Parse)]);
                    break;
                default:
                    AddOperation(line, attributesKey);
                    break;
            }
        }
    }

    public Dictionary<string, Values> Variables { get; } = new(StringComparer.Ordinal);

    public List<string> Inputs { get; } = [];

    public IEnumerable<KeyValuePair<string, Values>> Weights => Variables.Where(variable => !Inputs.Contains(variable.Key));

    public byte[] ToJson(int? version = 10500) => Encoding.UTF8.GetBytes(
        $$"""
        {"nodes": [{{string.Join(",\n", _nodes)}}], "arg_nodes": [], "heads": [{{_heads ?? Entry(_places.Keys.Last())}}]
          {{(version is null ? "" : $", \"attrs\": {{\"mxnet_version\": [\"int\", {version}]}}")}}}
        """);

    private void AddVariable(string kind, string name, int[] size)
    {
        AddVariable(name);
        Variables[name] = Values.Of(size, _ => kind switch
        {
            "index" => _random.Next(3),
            "positive" => 0.5f + _random.NextSingle(),
            "input" => (_random.NextSingle() * 2) - 1,
            _ => (_random.NextSingle() - 0.5f) * Gain(size),
        });
        if (kind is "input" or "index")
        {
            Inputs.Add(name);
        }
    }

    // Keeps what passes through many layers at the size of one.
    private static float Gain(int[] size) => size.Length < 2 ? 0.4f : 3.4f / MathF.Sqrt(Values.Count(size[1..]));

    private void AddVariable(string name)
    {
        _places[name] = _nodes.Count;
        _nodes.Add($$"""{"op": "null", "name": "{{name}}", "inputs": []}""");
    }

    private void AddOperation(string line, string attributesKey)
    {
        var (name, rest) = (line[..line.IndexOf('=')].Trim(), line[(line.IndexOf('=') + 1)..].Trim());
        var operation = rest[..rest.IndexOf('(')];
        var inputs = rest[(operation.Length + 1)..rest.IndexOf(')')]
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Entry);
        var attributes = rest[(rest.IndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).Select(pair => $"\"{pair[0]}\": \"{pair[1]}\"");
        _places[name] = _nodes.Count;
        _nodes.Add(
            $$"""{"op": "{{operation}}", "name": "{{name}}", "{{attributesKey}}": {{{string.Join(", ", attributes)}}}, "inputs": [{{string.Join(", ", inputs)}}]}""");
    }

    private string Entry(string reference)
    {
        var parts = reference.Split(':');
        return $"[{_places[parts[0]]}, {(parts.Length > 1 ? parts[1] : "0")}, 0]";
    }
}
