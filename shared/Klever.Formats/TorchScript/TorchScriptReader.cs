using Klever.Models;

namespace Klever.Formats.TorchScript;

/// <summary>Reads a TorchScript archive: the modules from <c>data.pkl</c>, the signature of <c>forward</c> from <c>code/</c>.</summary>
internal sealed class TorchScriptReader : IModelReader
{
    private Signature _signature = Signature.Empty;

    public FileUse Use(string path) => ModelFormat.TorchScript.Requires[0].Matches(path) ? FileUse.Seek : FileUse.Skip;

    public void Read(ModelFile file)
    {
        var archive = TorchArchive.Open(file);
        var model = TorchScriptModel.Read(archive);
        _signature = new Signature
        {
            Inputs = model.Forward is null ? [] : ForwardTensors.Inputs(model.Forward, TracedInputs.Read(archive)),
            Outputs = model.Forward is null ? [] : ForwardTensors.Outputs(model.Forward, model.Code),
            Layers = model.Layers,
        };
    }

    public Signature Complete() => _signature;
}
