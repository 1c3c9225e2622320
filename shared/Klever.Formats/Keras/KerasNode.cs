using System.Text.Json;

namespace Klever.Formats.Keras;

/// <summary>One call of a layer in a functional model.</summary>
/// <param name="Inputs">In the order of the call: positional arguments, then those given by name.</param>
/// <param name="Source">The call as the file writes it.</param>
internal sealed record KerasNode(IReadOnlyList<KerasTensor> Inputs, JsonElement Source);
