namespace Klever.Formats.TorchScript;

/// <summary>A class of the serialized code.</summary>
/// <param name="Base">Text in the parentheses: <c>Module</c>, <c>NamedTuple</c>, <c>Enum</c>, <c>Interface</c> or nothing.</param>
/// <param name="Fields">Names and types that it declares, in order.</param>
internal sealed record ScriptClass(
    string Name, string Base, IReadOnlyList<ScriptParameter> Fields, IReadOnlyDictionary<string, ScriptFunction> Methods)
{
    public bool IsModule => Base == "Module";

    public bool IsNamedTuple => Base == "NamedTuple";
}
