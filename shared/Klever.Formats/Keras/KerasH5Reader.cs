using Klever.Models;

namespace Klever.Formats.Keras;

/// <summary>Keras H5: the signature is in the attribute <c>model_config</c>; weights are never read.</summary>
internal sealed class KerasH5Reader : IModelReader
{
    private Signature _signature = Signature.Empty;

    public FileUse Use(string path) =>
        ModelFormat.H5.Requires.Any(rule => rule.Matches(path)) ? FileUse.Seek : FileUse.Skip;

    public void Read(ModelFile file)
    {
        var keras = KerasH5.Open(file);
        _signature = new KerasSignature(file, keras.Parser).Describe(keras.Model);
    }

    public Signature Complete() => _signature;
}
