namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>Evaluates a graph of the operations that the converter writes, slowly and in double precision. It is itself
/// checked against the goldens, which another engine made.</summary>
internal sealed class GraphEvaluator(SavedModelFile model, IReadOnlyDictionary<string, Value> variables)
{
    public IReadOnlyDictionary<string, Value> Run(IReadOnlyDictionary<string, Value> inputs)
    {
        var values = new Dictionary<string, IReadOnlyList<Value>>();
        foreach (var (key, tensor) in model.Inputs)
        {
            values[NodeOf(tensor)] = [inputs[key]];
        }

        foreach (var node in model.Nodes.Where(IsOfTheModel))
        {
            if (!values.ContainsKey(node.Name))
            {
                values[node.Name] = Evaluate(node, [.. node.Inputs.Select(input => Find(values, input))]);
            }
        }

        return model.Outputs.ToDictionary(output => output.Key, output => Find(values, output.Value));
    }

    // Saving, restoring and initialising are not part of an inference.
    private static bool IsOfTheModel(Node node) =>
        !node.Name.StartsWith("save/", StringComparison.Ordinal) && !node.Name.Contains("/Initializer", StringComparison.Ordinal)
        && node.Op is not ("AssignVariableOp" or "VarHandleOp");

    private IReadOnlyList<Value> Evaluate(Node node, IReadOnlyList<Value> inputs)
    {
        switch (node.Op)
        {
            case "Const":
                return [SavedModelFile.ReadTensor(node.Tensor("value"))];
            case "ReadVariableOp":
                return [variables[node.Name]];
            case "While":
                return Loop(node, inputs);
            default:
                return Operations.Evaluate(node, inputs);
        }
    }

    private IReadOnlyList<Value> Loop(Node node, IReadOnlyList<Value> state)
    {
        while (Call(node.Function("cond"), state)[0].Scalar != 0)
        {
            state = Call(node.Function("body"), state);
        }

        return state;
    }

    private List<Value> Call(string name, IReadOnlyList<Value> arguments)
    {
        var function = model.Functions[name];
        var signature = function.Message(1);
        var values = signature.Messages(2).Select((argument, i) => (Name: argument.Text(1), Value: arguments[i]))
            .ToDictionary(pair => pair.Name, pair => (IReadOnlyList<Value>)[pair.Value]);
        foreach (var node in function.Messages(3).Select(message => new Node(message)))
        {
            values[node.Name] = Evaluate(node, [.. node.Inputs.Select(input => FindInFunction(values, input))]);
        }

        var results = function.Messages(4).ToDictionary(entry => entry.Text(1), entry => entry.Text(2));
        return [.. signature.Messages(3).Select(output => FindInFunction(values, results[output.Text(1)]))];
    }

    private Value Find(Dictionary<string, IReadOnlyList<Value>> values, string tensor)
    {
        var parts = tensor.Split(':');
        return values.TryGetValue(parts[0], out var found)
            ? found[parts.Length > 1 ? int.Parse(parts[1]) : 0]
            : new Value([], []) is var handle && model.Nodes.Any(node => node.Name == parts[0] && node.Op == "VarHandleOp")
                ? handle
                : throw new KeyNotFoundException($"{tensor} comes after what uses it");
    }

    private static Value FindInFunction(Dictionary<string, IReadOnlyList<Value>> values, string tensor)
    {
        var parts = tensor.Split(':');
        return values[parts[0]][parts.Length > 2 ? int.Parse(parts[2]) : 0];
    }

    private static string NodeOf(string tensor) => tensor.Split(':')[0];
}
