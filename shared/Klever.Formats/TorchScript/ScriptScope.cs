namespace Klever.Formats.TorchScript;

/// <summary>What is known of the names in a function while it is followed: which stand for functions, and which parameters are
/// constant truth values.</summary>
/// <param name="Self">Name of the variable that holds the root module; null in a function that has none.</param>
internal sealed record ScriptScope(string? Self)
{
    private readonly Dictionary<string, string> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _constants = new(StringComparer.Ordinal);

    /// <summary>Notes lines such as <c>_0 = __torch__.torch.nn.functional.relu</c>.</summary>
    public void NoteAlias(string line)
    {
        var equals = line.IndexOf(" = __torch__.", StringComparison.Ordinal);
        if (equals > 0 && !line.Contains('('))
        {
            _functions[line[..equals].Trim()] = line[(equals + " = ".Length)..].Trim();
        }
    }

    public string Resolve(string path) => _functions.GetValueOrDefault(path, path);

    /// <summary>The truth value of an expression, where it is a constant here.</summary>
    public bool? Evaluate(string expression) => expression switch
    {
        "True" => true,
        "False" => false,
        _ when expression.StartsWith(Negation, StringComparison.Ordinal) && expression.EndsWith(')') =>
            !Evaluate(expression[Negation.Length..^1]),
        _ => _constants.TryGetValue(expression, out var value) ? value : null,
    };

    /// <summary>The scope in which <paramref name="callee"/> runs when it is called from here.</summary>
    public ScriptScope Enter(ScriptFunction callee, ScriptCall call)
    {
        var isMethod = call.Owner is not null;
        var inner = new ScriptScope(isMethod ? callee.First : null);
        foreach (var parameter in callee.Parameters)
        {
            inner.Bind(parameter.Name, parameter.Default is null ? null : Evaluate(parameter.Default));
        }

        var position = isMethod ? 1 : 0;
        foreach (var argument in call.Arguments())
        {
            var equals = ScriptText.IndexOf(argument, '=', 0);
            if (equals > 0)
            {
                inner.Bind(argument[..equals].Trim(), Evaluate(argument[(equals + 1)..].Trim()));
            }
            else if (position < callee.Parameters.Count)
            {
                inner.Bind(callee.Parameters[position++].Name, Evaluate(argument));
            }
        }

        return inner;
    }

    private const string Negation = "torch.__not__(";

    private void Bind(string name, bool? value)
    {
        if (value is { } constant)
        {
            _constants[name] = constant;
        }
        else
        {
            _constants.Remove(name);
        }
    }
}
