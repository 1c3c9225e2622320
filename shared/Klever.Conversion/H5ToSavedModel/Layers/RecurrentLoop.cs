using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>A recurrent layer as a While: its variables are the step, the number of steps, the states, the outputs so
/// far (a tensor list), the products of the input, the weights; with a mask that, zeros, and the output of the step before.</summary>
internal static class RecurrentLoop
{
    private const string Step = "step";
    private const string Steps = "steps";
    private const string Outputs = "outputs";
    private const string Products = "products";
    private const string Mask = "mask";
    private const string Blank = "blank";
    private const string Previous = "previous";

    public static (string Output, IReadOnlyList<string> Last) Emit(
        RecurrentSettings settings, RecurrentCell cell, RecurrentSequence sequence)
    {
        var ops = settings.Owner.Ops;
        var timeMajor = TimeMajor(ops, sequence.Products, sequence.Rank, settings.IsBackwards);
        var count = ops.Dimension(ops.Shape(timeMajor), 0);
        var element = ops.Integers(sequence.StateSize);
        var list = ops.Typed(
            "TensorListReserve", [element, count],
            TfAttribute.Type("element_dtype", TfType.Float), TfAttribute.Type("shape_type", TfType.Int32));
        List<(string Name, TfType Type, string Start)> variables =
        [
            (Step, TfType.Int32, ops.Integer(0)), (Steps, TfType.Int32, count), (Outputs, TfType.Variant, list),
            .. sequence.States.Select((state, i) => ($"state{i}", TfType.Float, state)), (Products, TfType.Float, timeMajor),
            .. cell.Weights.Select((weight, i) => ($"weight{i}", TfType.Float, weight)),
        ];
        if (sequence.Mask is { } mask)
        {
            variables.Add((Mask, TfType.Boolean, TimeMajor(ops.Of(TfType.Boolean), mask, sequence.Rank, settings.IsBackwards)));
            variables.Add((Blank, TfType.Float, sequence.Blank));
            variables.Add((Previous, TfType.Float, sequence.Blank));
        }

        var (condition, body) = AddFunctions(settings, cell, [.. variables.Select(variable => (variable.Name, variable.Type))]);
        var loop = ops.Typed(
            "While",
            [.. variables.Select(variable => variable.Start)],
            TfAttribute.Types("T", variables.Select(variable => variable.Type)),
            TfAttribute.Function("cond", condition),
            TfAttribute.Function("body", body));
        var last = sequence.States.Select((_, i) => $"{loop}:{3 + i}").ToList();
        var output = sequence.Mask is null ? last[0] : $"{loop}:{variables.Count - 1}";
        return (settings.ReturnsSequences ? Stacked(ops, $"{loop}:2", element, sequence.Rank) : output, last);
    }

    private static string TimeMajor(TfOps ops, string value, int rank, bool isBackwards)
    {
        var timeMajor = ops.Transpose(value, BatchAndTime(rank));
        return isBackwards
            ? ops.Reverse(timeMajor, 0)
            : timeMajor;
    }

    private static string Stacked(TfOps ops, string list, string element, int rank)
    {
        var stacked = ops.Typed("TensorListStack", [list, element], TfAttribute.Type("element_dtype", TfType.Float));
        return ops.Transpose(stacked, BatchAndTime(rank));
    }

    private static long[] BatchAndTime(int rank) => [1, 0, .. Enumerable.Range(2, rank - 2)];

    private static (string Condition, string Body) AddFunctions(
        RecurrentSettings settings, RecurrentCell cell, IReadOnlyList<(string Name, TfType Type)> variables)
    {
        var functions = settings.Owner.Emitter.Functions;
        var name = $"recurrent_{functions.Count / 2}";
        var condition = new TfGraph();
        var less = condition.Add("less", "Less", [Step, Steps], TfAttribute.Type("T", TfType.Int32));
        functions.Add(new TfFunction(name + "_cond", variables, [("result", TfType.Boolean, less)], condition.Nodes));

        var body = new TfGraph();
        var isMasked = variables.Any(variable => variable.Name == Mask);
        var results = WriteBody(new TfOps(body, "cell"), cell, isMasked, settings.ZeroesMasked);
        var outputs = variables
            .Select(variable => (
                $"{variable.Name}_out", variable.Type, results.GetValueOrDefault(variable.Name, variable.Name)))
            .ToList();
        functions.Add(new TfFunction(name + "_body", variables, outputs, body.Nodes));
        return (name + "_cond", name + "_body");
    }

    // What the body alters; everything else is passed on.
    private static Dictionary<string, string> WriteBody(TfOps ops, RecurrentCell cell, bool isMasked, bool zeroesMasked)
    {
        List<string> before = [.. Enumerable.Range(0, cell.States).Select(i => $"state{i}")];
        var states = cell.Step(
            ops, AtStep(ops, Products, TfType.Float), before, [.. cell.Weights.Select((_, i) => $"weight{i}")]);
        var output = states[0];
        var results = new Dictionary<string, string>();
        if (isMasked)
        {
            var mask = AtStep(ops, Mask, TfType.Boolean);
            output = ops.Select(mask, output, zeroesMasked ? Blank : Previous);
            states = RecurrentLayers.Masked(ops, mask, states, before);
            results[Previous] = output;
        }

        foreach (var (name, state) in before.Zip(states))
        {
            results[name] = state;
        }

        results[Step] = ops.Int32Op("AddV2", Step, ops.Integer(1));
        results[Outputs] = ops.Typed(
            "TensorListSetItem", [Outputs, Step, output], TfAttribute.Type("element_dtype", TfType.Float));
        return results;
    }

    private static string AtStep(TfOps ops, string sequence, TfType type) => ops.Typed(
        "GatherV2",
        [sequence, Step, ops.Integer(0)],
        TfAttribute.Type("Tparams", type),
        TfAttribute.Type("Tindices", TfType.Int32),
        TfAttribute.Type("Taxis", TfType.Int32));
}
