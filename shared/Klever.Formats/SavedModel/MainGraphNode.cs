namespace Klever.Formats.SavedModel;

/// <summary>A node of the main graph.</summary>
/// <param name="Inputs">As in NodeDef: <c>node</c>, <c>node:1</c> or <c>^node</c>.</param>
/// <param name="Functions">Names of the functions in its attributes.</param>
internal sealed record MainGraphNode(string Type, IReadOnlyList<string> Inputs, IReadOnlyList<string> Functions);
