using Klever.Formats.NetDef;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Which operators of a net count, and who writes and reads each blob when.</summary>
internal sealed class NetPlan
{
    // Exporters name outputs that nobody wants so.
    private const string Dummy = "OC2_DUMMY_";

    private readonly Dictionary<string, int> _lastWriter = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(int Place, bool IsWrite)>> _uses = new(StringComparer.Ordinal);

    /// <param name="wanted">Names of the outputs; empty for those of the net.</param>
    public NetPlan(Net net, IReadOnlyList<string> wanted)
    {
        Outputs = wanted.Count > 0 ? wanted : OutputsOf(net);
        Operators = Needed(net, Outputs);
        foreach (var (operation, place) in Operators)
        {
            operation.Inputs.ForEach(name => Use(name, place, isWrite: false));
            operation.Outputs.ForEach(name => Use(name, place, isWrite: true));
        }

        Weights = ReadFirst().ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Operators that an output depends on, with their place in the net.</summary>
    public IReadOnlyList<(NetOperator Operator, int Place)> Operators { get; }

    /// <summary>Blobs that are read before any operator writes them: weights and inputs.</summary>
    public IReadOnlySet<string> Weights { get; }

    /// <summary>All names that operators read or write.</summary>
    public IEnumerable<string> Blobs => _uses.Keys;

    public bool IsWritten(string blob) => _lastWriter.ContainsKey(blob);

    public bool IsLastWriter(string blob, int place) => _lastWriter.GetValueOrDefault(blob, -1) == place;

    /// <summary>Whether what is written to a blob at a place is read after it, or is an output.</summary>
    public bool IsRead(string blob, int place)
    {
        foreach (var use in _uses[blob].Where(use => use.Place > place))
        {
            return !use.IsWrite;
        }

        return Outputs.Contains(blob);
    }

    private void Use(string name, int place, bool isWrite)
    {
        if (!_uses.TryGetValue(name, out var uses))
        {
            _uses[name] = uses = [];
        }

        uses.Add((place, isWrite));
        if (isWrite)
        {
            _lastWriter[name] = place;
        }
    }

    private IEnumerable<string> ReadFirst() => Operators
        .SelectMany(pair => pair.Operator.Inputs)
        .Where(name => !_uses[name][0].IsWrite);

    private static List<string> OutputsOf(Net net)
    {
        var outputs = net.Outputs.FindAll(name => !name.StartsWith(Dummy, StringComparison.Ordinal));
        return outputs.Count > 0
            ? outputs
            : [.. net.Operators.TakeLast(1).SelectMany(operation => operation.Outputs.Take(1))];
    }

    // From the end: what writes a blob that is needed later is needed, and so is what it reads.
    private static List<(NetOperator Operator, int Place)> Needed(Net net, IReadOnlyList<string> outputs)
    {
        var needed = new HashSet<string>(outputs, StringComparer.Ordinal);
        var kept = new List<(NetOperator Operator, int Place)>();
        for (var place = net.Operators.Count - 1; place >= 0; place--)
        {
            var operation = net.Operators[place];
            if (operation.Outputs.Exists(needed.Contains))
            {
                kept.Add((operation, place));
                needed.ExceptWith(operation.Outputs);
                needed.UnionWith(operation.Inputs);
            }
        }

        kept.Reverse();
        return kept;
    }
}
