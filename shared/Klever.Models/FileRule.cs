namespace Klever.Models;

/// <summary>A file that a model of some format consists of, by its path below <c>model/</c>.</summary>
/// <param name="Pattern">A name (<c>saved_model.pb</c>), or a suffix with a star before it (<c>*.onnx</c>); compared by ordinal.</param>
/// <param name="Alternative">A second pattern that serves as well, such as <c>*.engine</c> beside <c>*.plan</c>.</param>
public sealed record FileRule(string Pattern, string? Alternative = null)
{
    /// <summary>Whether <paramref name="path"/>, relative to <c>model/</c>, is such a file: at the top level and not hidden.</summary>
    public bool Matches(string path) =>
        !path.Contains('/') && !path.StartsWith('.')
        && (Matches(Pattern, path) || (Alternative is not null && Matches(Alternative, path)));

    public override string ToString() => Alternative is null ? Pattern : $"{Pattern} or {Alternative}";

    private static bool Matches(string pattern, string path) =>
        pattern.StartsWith('*') ? path.EndsWith(pattern[1..], StringComparison.Ordinal) : path == pattern;
}
