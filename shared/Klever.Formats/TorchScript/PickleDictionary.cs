namespace Klever.Formats.TorchScript;

/// <summary>A dictionary, as pairs in the order of the pickle.</summary>
internal sealed class PickleDictionary
{
    public List<(object? Key, object? Value)> Items { get; } = [];
}
