namespace Klever.Formats.TorchScript;

/// <summary>A name that the pickle mentions. It is a name and stays one: nothing is looked up, imported or called.</summary>
/// <param name="Module">Such as <c>__torch__.torch.nn.modules.conv.___torch_mangle_12</c>.</param>
/// <param name="Name">Such as <c>Conv2d</c>.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    /// <summary>Whether torch.jit writes this name: classes of the model, torch's own, and two of Python.</summary>
    public bool IsExpected =>
        Module is "__torch__" or "torch"
        || Module.StartsWith("__torch__.", StringComparison.Ordinal)
        || Module.StartsWith("torch.", StringComparison.Ordinal)
        || this is { Module: "collections", Name: "OrderedDict" } or { Module: "builtins", Name: "complex" };

    public string QualifiedName => $"{Module}.{Name}";
}
