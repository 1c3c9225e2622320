using Klever.Models;

namespace Klever.Formats.Pmml;

/// <summary>The inputs and outputs of a document as JPMML and Openscoring report them.</summary>
internal static class PmmlSignature
{
    /// <summary>The name that JPMML gives to a target that the document does not name.</summary>
    private const string SyntheticTarget = "_target";

    public static Signature Of(PmmlDocument document) => new()
    {
        Inputs = [.. Inputs(document)],
        Outputs = [.. document.Model.AllOutputs().Select(output => Tensor(output.Field)), .. Targets(document)],
        Layers = document.Layers,
    };

    /// <summary>Active fields, then one more for each output that is a residual: it needs the true value of its target.</summary>
    private static IEnumerable<Tensor> Inputs(PmmlDocument document)
    {
        var model = document.Model;
        foreach (var field in model.MiningFields.Where(field => field.IsActive))
        {
            yield return Tensor(document, field.Name, field.OpType);
        }

        foreach (var output in model.Outputs.Where(output => output.Feature == "residual"))
        {
            var name = output.Target ?? model.MiningFields.Find(field => field.IsTarget)?.Name;
            if (name is not null)
            {
                yield return TargetTensor(document, name, model.MiningFields.Find(field => field.Name == name)?.OpType);
            }
        }
    }

    private static IEnumerable<Tensor> Targets(PmmlDocument document)
    {
        var targets = document.Model.MiningFields.Where(field => field.IsTarget).ToList();
        return targets.Count > 0
            ? targets.Select(field => TargetTensor(document, field.Name, field.OpType))
            : Synthetic(document.Model);
    }

    private static IEnumerable<Tensor> Synthetic(PmmlModel model)
    {
        var speaksThroughMembers = model.Element == "MiningModel"
            && model.MultipleModelMethod is "selectFirst" or "selectAll" or "modelChain" or "multiModelChain";
        var isNeighbors = model.Element == "NearestNeighborModel" && model.Function is "regression" or "classification" or "mixed";
        if (speaksThroughMembers || isNeighbors)
        {
            return [];
        }

        return model.Function switch
        {
            "regression" =>
                [new Tensor { Name = SyntheticTarget, DType = model.MathContext == "float" ? "float" : "double", OpType = "continuous" }],
            "classification" or "clustering" => [new Tensor { Name = SyntheticTarget, DType = "string", OpType = "categorical" }],
            _ => [],
        };
    }

    private static Tensor TargetTensor(PmmlDocument document, string name, string? opType) =>
        Tensor(document, name, document.Model.Targets.GetValueOrDefault(name) ?? opType);

    private static Tensor Tensor(PmmlDocument document, string name, string? opType)
    {
        var field = document.Fields.GetValueOrDefault(name) ?? new PmmlField(name, DataType: null, OpType: null, Values: []);
        return Tensor(field with { OpType = opType ?? field.OpType });
    }

    private static Tensor Tensor(PmmlField field) => new()
    {
        Name = field.Name,
        DType = field.DataType,
        OpType = field.OpType,
        Values = field.Values.Count > 0 ? field.Values : null,
    };
}
