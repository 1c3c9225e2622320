namespace Klever.Formats.TorchScript;

/// <summary>One file of serialized code: its classes and functions.</summary>
/// <remarks>torch writes it with a printer of its own (python_print.cpp): two spaces of indent, one statement on a line, and only
/// the parameters of a function go over several lines. What is not of that form is passed over.</remarks>
internal sealed class ScriptFile
{
    private const int Step = 2;
    private const string AnnotationStart = "__annotations__[\"";
    private const string AnnotationEnd = "\"]";

    private readonly string[] _lines;

    private ScriptFile(string[] lines) => _lines = lines;

    public Dictionary<string, ScriptClass> Classes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ScriptFunction> Functions { get; } = new(StringComparer.Ordinal);

    public static ScriptFile Parse(string text)
    {
        var file = new ScriptFile(text.Split('\n'));
        for (var line = 0; line < file._lines.Length;)
        {
            line = file.ReadDeclaration(line);
        }

        return file;
    }

    /// <returns>The line after what was read.</returns>
    private int ReadDeclaration(int line)
    {
        if (_lines[line].StartsWith("class ", StringComparison.Ordinal))
        {
            return ReadClass(line);
        }

        if (!IsFunction(line, indent: 0))
        {
            return line + 1;
        }

        var (function, next) = ReadFunction(line, indent: 0);
        if (function is not null)
        {
            Functions.TryAdd(function.Name, function);
        }

        return next;
    }

    private int ReadClass(int line)
    {
        var head = _lines[line]["class ".Length..].TrimEnd().TrimEnd(':');
        var parenthesis = head.IndexOf('(', StringComparison.Ordinal);
        var name = parenthesis < 0 ? head : head[..parenthesis];
        var fields = new List<ScriptParameter>();
        var methods = new Dictionary<string, ScriptFunction>(StringComparer.Ordinal);
        line++;
        while (line < _lines.Length && (ScriptText.CountIndent(_lines[line]) >= Step || string.IsNullOrWhiteSpace(_lines[line])))
        {
            if (!IsFunction(line, Step))
            {
                fields.AddRange(ReadField(_lines[line]));
                line++;
                continue;
            }

            (var method, line) = ReadFunction(line, Step);
            if (method is not null)
            {
                methods.TryAdd(method.Name, method);
            }
        }

        Classes.TryAdd(name, new ScriptClass(name, parenthesis < 0 ? "" : head[(parenthesis + 1)..].TrimEnd(')'), fields, methods));
        return line;
    }

    private static ScriptParameter[] ReadField(string line)
    {
        var text = line.Trim();
        if (ScriptText.CountIndent(line) != Step)
        {
            return [];
        }

        if (!text.StartsWith(AnnotationStart, StringComparison.Ordinal))
        {
            return text.Contains(" : ", StringComparison.Ordinal) ? [ReadParameter(text)] : [];
        }

        var end = text.IndexOf(AnnotationEnd, StringComparison.Ordinal);
        return end < AnnotationStart.Length
            ? []
            : [new ScriptParameter(text[AnnotationStart.Length..end], text[(end + AnnotationEnd.Length)..].TrimStart(' ', '='), Default: null)];
    }

    private bool IsFunction(int line, int indent) =>
        ScriptText.CountIndent(_lines[line]) == indent && _lines[line].AsSpan(indent).StartsWith("def ", StringComparison.Ordinal);

    /// <returns>The function, null when its head has another form; and the line after it.</returns>
    private (ScriptFunction? Function, int Next) ReadFunction(int line, int indent)
    {
        var last = line;
        while (last < _lines.Length - 1 && _lines[last].EndsWith(','))
        {
            last++;
        }

        var end = last + 1;
        while (end < _lines.Length && (ScriptText.CountIndent(_lines[end]) > indent || string.IsNullOrWhiteSpace(_lines[end])))
        {
            end++;
        }

        var head = string.Join(' ', _lines[line..(last + 1)].Select(part => part.Trim()))["def ".Length..];
        return (ReadHead(head, new ArraySegment<string>(_lines, last + 1, end - last - 1), indent + Step), end);
    }

    /// <summary>Reads <c>name(self: T, x: Tensor) -> Tensor:</c>.</summary>
    private static ScriptFunction? ReadHead(string head, IReadOnlyList<string> body, int indent)
    {
        var open = head.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : ScriptText.IndexOf(head, ')', open + 1);
        if (close < 0)
        {
            return null;
        }

        var parameters = ScriptText.Split(head[(open + 1)..close], ',').Select(ReadParameter).ToList();
        var returns = head[(close + 1)..].Trim().TrimEnd(':').Trim();
        returns = returns.StartsWith("->", StringComparison.Ordinal) ? returns[2..].Trim() : "";
        return new ScriptFunction(head[..open].Trim(), parameters, returns, body, indent);
    }

    private static ScriptParameter ReadParameter(string text)
    {
        var equals = ScriptText.IndexOf(text, '=', 0);
        var declared = equals < 0 ? text : text[..equals];
        var colon = ScriptText.IndexOf(declared, ':', 0);
        return new ScriptParameter(
            (colon < 0 ? declared : declared[..colon]).Trim(),
            colon < 0 ? "" : declared[(colon + 1)..].Trim(),
            equals < 0 ? null : text[(equals + 1)..].Trim());
    }
}
