using Klever.Formats.NetDef.Inference;
using Klever.Formats.Shapes;
using Klever.Models;

namespace Klever.Formats.NetDef;

/// <summary>Inputs, outputs and layers of a pair of nets.</summary>
internal sealed class NetSignature(Net init, Net predict, Signature declared)
{
    private const string DefaultType = "float32";

    public Signature ToSignature()
    {
        var filled = new Dictionary<string, NetOperator>(StringComparer.Ordinal);
        var parameters = new NetInference();
        foreach (var operation in init.Operators)
        {
            parameters.Run(operation);
            operation.Outputs.ForEach(output => filled[output] = operation);
        }

        var names = NetInputs.Find(
            predict, declared.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal), filled);
        var inputs = names.Select(name => Input(name, filled, parameters)).ToList();
        var layers = new LayerCounter();
        var inference = parameters;
        inputs.ForEach(input => inference.SetInput(input));
        foreach (var operation in predict.Operators)
        {
            layers.Add(operation.Type);
            inference.Run(operation);
        }

        return new Signature
        {
            Inputs = inputs,
            Outputs = [.. OutputNames().Select(name => Output(name, inference[name]))],
            Layers = layers.ToList(),
        };
    }

    // A declared size stands; a filled one counts unless it is the [1] that exporters write for want of a size.
    private Tensor Input(string name, Dictionary<string, NetOperator> filled, NetInference parameters)
    {
        var known = declared.Inputs.FirstOrDefault(input => input.Name == name);
        var fill = filled.ContainsKey(name) ? parameters[name] : Blob.Unknown;
        var isDummy = fill.Fact.Size is [1];
        return new Tensor
        {
            Name = name,
            DType = known?.DType ?? fill.DType ?? DefaultType,
            Size = known?.Size
                ?? (isDummy ? null : fill.Fact.Size?.Select(Dimension.ToSize).ToList())
                ?? InputGuess.Size(name, predict, parameters),
        };
    }

    private static Tensor Output(string name, Blob blob) => new()
    {
        Name = name,
        DType = blob.DType ?? DefaultType,
        Size = blob.Fact.Size?.Select(Dimension.ToSize).ToList(),
    };

    private List<string> OutputNames()
    {
        if (predict.Outputs.Count > 0)
        {
            return predict.Outputs;
        }

        var consumed = predict.Operators.SelectMany(operation => operation.Inputs).ToHashSet(StringComparer.Ordinal);
        return [.. predict.Operators
            .SelectMany(operation => operation.Outputs.Take(1))
            .Distinct()
            .Where(name => !consumed.Contains(name))];
    }
}
