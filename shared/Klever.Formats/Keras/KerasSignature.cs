using Klever.Models;

namespace Klever.Formats.Keras;

/// <summary>Describes a model: inputs, outputs and counted layers.</summary>
internal sealed class KerasSignature(ModelFile file, KerasModelParser parser)
{
    public Signature Describe(KerasModel model)
    {
        var inputs = KerasInputs.Of(model);
        var values = inputs.Select(input => input.Value).ToList();
        var outputs = new KerasInference(file, parser).Run(model, values, isOutermost: true);
        var names = KerasOutputs.Names(model);
        return new Signature
        {
            Inputs = [.. inputs.Select(input => Describe(input.Name, input.Value))],
            Outputs = [.. names.Select((name, i) => Describe(name, i < outputs.Count ? outputs[i] : default))],
            Layers = KerasLayerCounts.Of(model),
        };
    }

    private static Tensor Describe(string name, KerasValue value) =>
        new() { Name = name, Size = value.Size, DType = value.DType ?? KerasDType.Default };
}
