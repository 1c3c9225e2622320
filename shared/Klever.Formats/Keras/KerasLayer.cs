namespace Klever.Formats.Keras;

/// <summary>A layer of a model.</summary>
/// <param name="Nodes">Its calls in a functional model, in order; more than one when it is shared.</param>
/// <param name="Nested">The model that this layer is, or null for a leaf.</param>
/// <param name="Branches">Of a <c>Merge</c> that begins a Sequential model of Keras 1: the models whose outputs it
/// merges.</param>
/// <param name="Module">Where Keras 3 says the class is defined, such as <c>keras.layers</c>.</param>
/// <param name="RegisteredName">For a class that was registered by its user: <c>package&gt;Name</c>.</param>
internal sealed record KerasLayer(
    string ClassName,
    string Name,
    KerasConfig Config,
    IReadOnlyList<KerasNode> Nodes,
    KerasModel? Nested,
    IReadOnlyList<KerasModel> Branches,
    string? Module = null,
    string? RegisteredName = null)
{
    public const string InputClass = "InputLayer";

    public bool IsInput => ClassName == InputClass;
}
