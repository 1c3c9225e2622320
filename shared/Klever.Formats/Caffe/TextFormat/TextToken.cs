namespace Klever.Formats.Caffe.TextFormat;

internal enum TextTokenKind
{
    End,

    /// <summary>One of <c>{ } &lt; &gt; [ ] : , ; - /</c>.</summary>
    Symbol,

    /// <summary>An identifier: a field's name, an enum value, a boolean, <c>inf</c>, <c>nan</c>.</summary>
    Word,

    /// <summary>A number without its sign, as it is written.</summary>
    Number,

    /// <summary>A quoted string, its escapes resolved.</summary>
    String,
}

internal readonly record struct TextToken(TextTokenKind Kind, string Text, TextPosition Position)
{
    public bool Is(char symbol) => Kind == TextTokenKind.Symbol && Text[0] == symbol;

    public override string ToString() => Kind switch
    {
        TextTokenKind.End => "the end of the file",
        TextTokenKind.String => $"the string \"{Models.Excerpt.Of(Text)}\"",
        _ => $"\"{Models.Excerpt.Of(Text)}\"",
    };
}
