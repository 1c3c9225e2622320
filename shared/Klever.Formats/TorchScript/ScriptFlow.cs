namespace Klever.Formats.TorchScript;

/// <summary>Picks the lines of a function that run in any case: not those of branches and loops, except of a branch that is
/// decided by a constant, and of <c>with</c>, which is no branch.</summary>
internal static class ScriptFlow
{
    private const int Step = 2;

    public static IEnumerable<string> Lines(ScriptFunction function, ScriptScope scope)
    {
        var blocks = new Stack<int>([function.Indent]);
        var decisions = new Dictionary<int, bool?>();
        foreach (var line in function.Body)
        {
            var indent = ScriptText.CountIndent(line);
            while (blocks.Count > 1 && blocks.Peek() > indent)
            {
                blocks.Pop();
            }

            if (indent != blocks.Peek())
            {
                continue;
            }

            var text = line[indent..];
            yield return text;
            if (Enters(text, indent, decisions, scope))
            {
                blocks.Push(indent + Step);
            }
        }
    }

    private static bool Enters(string text, int indent, Dictionary<int, bool?> decisions, ScriptScope scope)
    {
        if (text.StartsWith("if ", StringComparison.Ordinal))
        {
            decisions[indent] = scope.Evaluate(text["if ".Length..].TrimEnd(':'));
            return decisions[indent] == true;
        }

        return text == "else:"
            ? decisions.GetValueOrDefault(indent) == false
            : text.StartsWith("with ", StringComparison.Ordinal);
    }
}
