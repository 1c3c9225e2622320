using Klever.Models;

namespace Klever.Formats.Pmml;

/// <summary>Reads a PMML document, 3.0 to 4.4. What it answers is what JPMML would: see the README beside it.</summary>
internal sealed class PmmlReader : IModelReader
{
    private Signature _signature = Signature.Empty;

    public FileUse Use(string path) => ModelFormat.Pmml.Requires[0].Matches(path) ? FileUse.Forward : FileUse.Skip;

    public void Read(ModelFile file) => _signature = PmmlSignature.Of(PmmlParser.Parse(file));

    public Signature Complete() => _signature;
}
