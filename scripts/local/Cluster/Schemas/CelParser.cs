namespace Klever.Local.Cluster.Schemas;

/// <summary>Recursive descent over the tokens of one rule, by the precedence of CEL.</summary>
internal sealed class CelParser(IReadOnlyList<string> tokens)
{
    private const int MaximumDepth = 64;
    private static readonly string[] StringTests = ["startsWith", "endsWith", "contains", "matches"];
    private int _position;
    private int _depth;

    private string Next => _position < tokens.Count ? tokens[_position] : "";

    public CelNode ParseAll()
    {
        var node = Conditional();
        return Next.Length == 0 ? node : throw Unexpected();
    }

    private CelNode Conditional()
    {
        if (++_depth > MaximumDepth)
        {
            throw new FormatException($"a rule nests at most {MaximumDepth} deep");
        }

        var condition = Binary(0);
        if (Take("?"))
        {
            var yes = Conditional();
            Expect(":");
            var no = Conditional();
            var test = condition;
            condition = scope => CelValues.Truth(test(scope)) ? yes(scope) : no(scope);
        }

        _depth--;
        return condition;
    }

    private CelNode Binary(int level)
    {
        if (level == CelOperators.Levels.Count)
        {
            return Unary();
        }

        var left = Binary(level + 1);
        while (CelOperators.Levels[level].TryGetValue(Next, out var combine))
        {
            _position++;
            left = combine(left, Binary(level + 1));
        }

        return left;
    }

    private CelNode Unary()
    {
        if (Take("!"))
        {
            var operand = Unary();
            return scope => !CelValues.Truth(operand(scope));
        }

        if (Take("-"))
        {
            var operand = Unary();
            return scope => operand(scope) is double number ? -number : throw new CelEvaluationException("no such overload of -");
        }

        return Postfix(Primary());
    }

    private CelNode Postfix(CelNode target)
    {
        while (Take("."))
        {
            var subject = target;
            var name = Word();
            target = Next == "(" ? Call(subject, name) : scope => CelValues.Member(subject(scope), name);
        }

        return target;
    }

    private CelNode Call(CelNode subject, string name)
    {
        Expect("(");
        if (name == "size")
        {
            Expect(")");
            return scope => CelValues.Size(subject(scope));
        }

        if (name is "all" or "exists")
        {
            var variable = Word();
            Expect(",");
            var body = Conditional();
            Expect(")");
            return CelOperators.Quantify(name == "all", subject, variable, body);
        }

        if (!StringTests.Contains(name))
        {
            throw new FormatException($"the function {name} is not evaluated here");
        }

        var argument = Conditional();
        Expect(")");
        return scope => CelValues.Test(name, subject(scope), argument(scope));
    }

    private CelNode Primary()
    {
        var token = Next;
        _position++;
        if (token == "(")
        {
            var inner = Conditional();
            Expect(")");
            return inner;
        }

        return token switch
        {
            "[" => List(),
            "has" => Has(),
            "size" => Size(),
            "true" => _ => true,
            "false" => _ => false,
            "null" => _ => null,
            _ => Atom(token),
        };
    }

    private CelNode Atom(string token)
    {
        if (token.Length > 0 && token[0] is '\'' or '"')
        {
            var text = System.Text.RegularExpressions.Regex.Unescape(token[1..^1]);
            return _ => text;
        }

        if (double.TryParse(token, out var number))
        {
            return _ => number;
        }

        _position--;
        var name = Word();
        return scope => scope.TryGetValue(name, out var value) ? value : throw new CelEvaluationException($"undeclared reference {name}");
    }

    private CelNode List()
    {
        var items = new List<CelNode>();
        while (!Take("]"))
        {
            items.Add(Conditional());
            if (Next != "]")
            {
                Expect(",");
            }
        }

        return scope => items.Select(i => i(scope)).ToList();
    }

    /// <summary><c>has(a.b.c)</c>: the last member may be missing, the ones before may not.</summary>
    private CelNode Has()
    {
        Expect("(");
        var target = Primary();
        Expect(".");
        var member = Word();
        while (Take("."))
        {
            var (inner, name) = (target, member);
            target = scope => CelValues.Member(inner(scope), name);
            member = Word();
        }

        Expect(")");
        return scope => CelValues.Has(target(scope), member);
    }

    private CelNode Size()
    {
        Expect("(");
        var argument = Conditional();
        Expect(")");
        return scope => CelValues.Size(argument(scope));
    }

    private string Word()
    {
        var token = Next;
        if (token.Length == 0 || !(char.IsLetter(token[0]) || token[0] == '_'))
        {
            throw Unexpected();
        }

        _position++;
        return token;
    }

    private bool Take(string token)
    {
        var isNext = Next == token;
        _position += isNext ? 1 : 0;
        return isNext;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw Unexpected();
        }
    }

    private FormatException Unexpected() => new($"unexpected \"{Next}\" in the rule");
}
