namespace Klever.Formats.TorchScript;

/// <summary>A call that the pickle asks for and that is not made: a tensor being rebuilt, for one.</summary>
internal sealed record PickleCall(PickleGlobal Function, PickleSequence Arguments);
