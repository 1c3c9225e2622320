namespace Klever.Formats.TorchScript;

/// <summary>A parameter as the code writes it.</summary>
/// <param name="Type">TorchScript type text such as <c>Optional[Tensor]</c>; empty when not annotated.</param>
/// <param name="Default">Text of its default value; null when it must be given.</param>
internal sealed record ScriptParameter(string Name, string Type, string? Default);
