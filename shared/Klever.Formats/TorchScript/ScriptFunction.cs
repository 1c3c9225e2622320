namespace Klever.Formats.TorchScript;

/// <summary>A function or method of the serialized code.</summary>
/// <param name="Parameters">All of them; the first one of a method is the object itself, whatever its name.</param>
/// <param name="Returns">TorchScript type text such as <c>Tuple[Tensor, Tensor]</c>.</param>
/// <param name="Body">Its lines, which begin with at least <paramref name="Indent"/> spaces.</param>
internal sealed record ScriptFunction(
    string Name, IReadOnlyList<ScriptParameter> Parameters, string Returns, IReadOnlyList<string> Body, int Indent)
{
    /// <summary>Name of the first parameter: in a method, the object itself.</summary>
    public string? First => Parameters is [var first, ..] ? first.Name : null;
}
