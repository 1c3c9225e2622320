namespace Klever.Models;

/// <summary>Shortens text from outside before it goes into a message, and takes control characters out of it.</summary>
public static class Excerpt
{
    /// <summary>Characters of the input that a message shows at most.</summary>
    public const int MaximumLength = 120;

    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var shown = text.Length <= MaximumLength ? text : string.Concat(text.AsSpan(0, MaximumLength), "…");
        return string.Create(shown.Length, shown, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '�' : source[i];
            }
        });
    }
}
