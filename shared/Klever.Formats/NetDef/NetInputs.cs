namespace Klever.Formats.NetDef;

/// <summary>Finds the inputs of a net, which no file of the format names reliably.</summary>
internal static class NetInputs
{
    /// <summary>What the user declared; else what is read before it is written and not filled; else, when the init net
    /// fills even the data with something, the filled blobs that are the first input of an operator.</summary>
    /// <param name="declared">Names that the ormbfile declares.</param>
    /// <param name="filled">Blobs of the init net, and the operators that fill them.</param>
    public static IReadOnlyList<string> Find(
        Net predict, IReadOnlySet<string> declared, IReadOnlyDictionary<string, NetOperator> filled)
    {
        var read = ReadBeforeWritten(predict);
        var names = read.FindAll(name => declared.Contains(name) || !filled.ContainsKey(name));
        if (names.Count > 0)
        {
            return names;
        }

        var first = predict.Operators
            .Where(operation => operation.Inputs.Count > 0)
            .Select(operation => operation.Inputs[0])
            .ToHashSet(StringComparer.Ordinal);
        var candidates = read.FindAll(first.Contains);
        var constants = candidates.FindAll(name => filled[name].Type == "ConstantFill");
        return constants.Count > 0 ? constants : candidates;
    }

    // In the order of external_input, then of first use.
    private static List<string> ReadBeforeWritten(Net predict)
    {
        var read = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in predict.Operators)
        {
            read.AddRange(operation.Inputs.Where(seen.Add));
            seen.UnionWith(operation.Outputs);
        }

        var external = predict.Inputs.Distinct(StringComparer.Ordinal).Select((name, place) => (name, place))
            .ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        return [.. read.OrderBy(name => external.GetValueOrDefault(name, int.MaxValue))];
    }
}
