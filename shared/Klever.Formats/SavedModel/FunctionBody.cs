namespace Klever.Formats.SavedModel;

/// <summary>What is kept of a FunctionDef, however large it is.</summary>
internal sealed class FunctionBody
{
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);

    public LayerCounter Layers { get; } = new();

    /// <summary>Names of functions: those in attributes, and every operation type, since a function may be called as
    /// one.</summary>
    public IEnumerable<string> Calls => _called.Concat(Layers.Types);

    public void AddCall(string function) => _called.Add(function);
}
