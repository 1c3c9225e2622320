namespace Klever.Formats.TorchScript;

/// <summary>An object of the model: its class by name, and the state that follows it in the pickle.</summary>
internal sealed class PickleObject(PickleGlobal type)
{
    public PickleGlobal Type { get; } = type;

    /// <summary>Attributes in the order of the class; null for classes that keep their state in another form.</summary>
    public PickleDictionary? Attributes { get; set; }
}
