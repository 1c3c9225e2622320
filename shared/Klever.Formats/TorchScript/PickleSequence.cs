namespace Klever.Formats.TorchScript;

/// <summary>A tuple or a list.</summary>
internal sealed class PickleSequence(bool isList)
{
    public bool IsList { get; } = isList;

    public List<object?> Items { get; } = [];
}
