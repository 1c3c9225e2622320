namespace Klever.Conversion.Onnx;

/// <summary>Names of one graph: each is given out once.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>Keeps a name from being given out; for names of inputs, outputs and weights, which must stay as they
    /// are.</summary>
    public void Reserve(string name) => _taken.Add(name);

    /// <summary>The wanted name, or that and a number when it is taken.</summary>
    public string Get(string wanted)
    {
        if (_taken.Add(wanted))
        {
            return wanted;
        }

        for (var number = _next.GetValueOrDefault(wanted, 1); ; number++)
        {
            var name = $"{wanted}_{number}";
            if (_taken.Add(name))
            {
                _next[wanted] = number + 1;
                return name;
            }
        }
    }
}
