using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>A recurrent layer as a While: its variables are the step, the number of steps, the states, the outputs so
/// far (a tensor list), the products of the input, and the weights.</summary>
internal static class RecurrentLoop
{
    private const string Step = "step";
    private const string Steps = "steps";
    private const string Outputs = "outputs";
    private const string Products = "products";

    public static (string Output, IReadOnlyList<string> Last) Emit(
        RecurrentSettings settings, RecurrentCell cell, string products, IReadOnlyList<string> states)
    {
        var ops = settings.Owner.Ops;
        var timeMajor = ops.Transpose(products, 1, 0, 2);
        timeMajor = settings.IsBackwards
            ? ops.Op("ReverseV2", [timeMajor, ops.Integers(0)], TfAttribute.Type("Tidx", TfType.Int32))
            : timeMajor;
        var count = ops.Dimension(ops.Shape(timeMajor), 0);
        var element = ops.Integers(-1, settings.Units);
        var list = ops.Typed(
            "TensorListReserve", [element, count],
            TfAttribute.Type("element_dtype", TfType.Float), TfAttribute.Type("shape_type", TfType.Int32));

        (string Name, TfType Type)[] variables =
        [
            (Step, TfType.Int32), (Steps, TfType.Int32), (Outputs, TfType.Variant),
            .. states.Select((_, i) => ($"state{i}", TfType.Float)), (Products, TfType.Float),
            .. cell.Weights.Select((_, i) => ($"weight{i}", TfType.Float)),
        ];
        var (condition, body) = AddFunctions(settings, cell, variables);
        var loop = ops.Typed(
            "While",
            [ops.Integer(0), count, list, .. states, timeMajor, .. cell.Weights],
            TfAttribute.Types("T", variables.Select(variable => variable.Type)),
            TfAttribute.Function("cond", condition),
            TfAttribute.Function("body", body));
        var last = states.Select((_, i) => $"{loop}:{3 + i}").ToList();
        return settings.ReturnsSequences ? (Stacked(ops, $"{loop}:2", element), last) : (last[0], last);
    }

    private static string Stacked(TfOps ops, string list, string element)
    {
        var stacked = ops.Typed("TensorListStack", [list, element], TfAttribute.Type("element_dtype", TfType.Float));
        return ops.Transpose(stacked, 1, 0, 2);
    }

    private static (string Condition, string Body) AddFunctions(
        RecurrentSettings settings, RecurrentCell cell, IReadOnlyList<(string Name, TfType Type)> variables)
    {
        var functions = settings.Owner.Emitter.Functions;
        var name = $"recurrent_{functions.Count / 2}";
        var condition = new TfGraph();
        var less = condition.Add("less", "Less", [Step, Steps], TfAttribute.Type("T", TfType.Int32));
        functions.Add(new TfFunction(name + "_cond", variables, [("result", TfType.Boolean, less)], condition.Nodes));

        var body = new TfGraph();
        var results = WriteBody(new TfOps(body, "cell"), cell);
        var outputs = variables
            .Select(variable => (
                $"{variable.Name}_out", variable.Type, results.GetValueOrDefault(variable.Name, variable.Name)))
            .ToList();
        functions.Add(new TfFunction(name + "_body", variables, outputs, body.Nodes));
        return (name + "_cond", name + "_body");
    }

    // What the body alters; everything else is passed on.
    private static Dictionary<string, string> WriteBody(TfOps ops, RecurrentCell cell)
    {
        var product = ops.Typed(
            "GatherV2", [Products, Step, ops.Integer(0)],
            TfAttribute.Type("Tparams", TfType.Float), TfAttribute.Type("Tindices", TfType.Int32), TfAttribute.Type(
                "Taxis", TfType.Int32));
        var states = cell.Step(
            ops, product, [.. Enumerable.Range(0, cell.States).Select(i => $"state{i}")], [.. cell.Weights.Select(
                (_, i) => $"weight{i}")]);
        var results = states.Select((state, i) => (Name: $"state{i}", state)).ToDictionary(
            pair => pair.Name, pair => pair.state);
        results[Step] = ops.Int32Op("AddV2", Step, ops.Integer(1));
        results[Outputs] = ops.Typed(
            "TensorListSetItem", [Outputs, Step, states[0]], TfAttribute.Type("element_dtype", TfType.Float));
        return results;
    }
}
