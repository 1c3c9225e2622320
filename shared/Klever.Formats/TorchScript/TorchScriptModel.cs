using Klever.Models;

namespace Klever.Formats.TorchScript;

/// <summary>What an archive says of its model, before it is put in the words of a signature.</summary>
/// <param name="Root">The class of the whole model.</param>
/// <param name="Forward">Null for a model that only has other methods.</param>
/// <param name="Layers">Leaf modules by class; the operations of <c>forward</c> for a model without submodules.</param>
internal sealed record TorchScriptModel(
    ScriptClass Root, ScriptFunction? Forward, ScriptCode Code, IReadOnlyList<LayerCount> Layers)
{
    public static TorchScriptModel Read(TorchArchive archive)
    {
        var file = archive.File;
        var pickle = archive.TryReadPickle(TorchArchive.DataPickle)!;
        if (PickleMachine.Read(file, TorchArchive.DataPickle, pickle) is not PickleObject root)
        {
            throw file.NotTheFormat("data.pkl holds something other than a module", archive.Position(TorchArchive.DataPickle));
        }

        var code = new ScriptCode(archive);
        var type = code.FindClass(root.Type.QualifiedName) ?? throw file.NotTheFormat(
            $"{Excerpt.Of(ScriptCode.PathOf(root.Type.Module))} does not declare the model's class {Excerpt.Of(root.Type.Name)}");
        var forward = type.Methods.GetValueOrDefault("forward");
        var layers = ModuleTree.CountLeaves(file, code, root);
        return new TorchScriptModel(
            type, forward, code, layers.Count > 0 || forward is null ? layers : OperationCounter.Count(file, code, type, forward));
    }
}
