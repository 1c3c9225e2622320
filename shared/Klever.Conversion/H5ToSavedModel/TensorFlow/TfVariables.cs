using Klever.Formats.Protobuf;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>The form of a graph whose weights are variables: each weight is read from a resource, and a part of the
/// graph restores them all from the tensor bundle.</summary>
internal sealed class TfVariables
{
    private const string PrefixName = "save/Const";
    private readonly List<TfNode> _nodes = [];
    private readonly List<TfNode> _weights;

    private TfVariables(IReadOnlyList<TfNode> nodes)
    {
        _weights = [.. nodes.Where(node => node.IsWeight)];
        foreach (var node in nodes)
        {
            if (node.IsWeight)
            {
                AddVariable(node);
            }
            else
            {
                _nodes.Add(node);
            }
        }

        AddSaver();
        Variables = _weights.ToDictionary(node => node.Name, node => node.Value!);
    }

    public IReadOnlyList<TfNode> Nodes => _nodes;

    /// <summary>By their name in the bundle.</summary>
    public IReadOnlyDictionary<string, TfTensor> Variables { get; }

    public static TfVariables Of(IReadOnlyList<TfNode> nodes) => new(nodes);

    /// <summary>Fields 3 and 4 of the MetaGraphDef: how to restore, and what the variables are.</summary>
    public void WriteSaver(ProtobufWriter metaGraph)
    {
        const int SecondVersion = 2;
        metaGraph.Message(3, saver => saver
            .Text(1, PrefixName + ":0").Text(2, "save/Identity:0").Text(3, "save/restore_all").Varint(
                4, 5).Varint(7, SecondVersion));
        foreach (var collection in (string[])["trainable_variables", "variables"])
        {
            metaGraph.Message(4, entry => entry.Text(1, collection).Message(2, value => value.Message(2, list =>
                _weights.ForEach(weight => list.Bytes(1, Definition(weight))))));
        }
    }

    private static byte[] Definition(TfNode weight) => new ProtobufWriter()
        .Text(1, weight.Name + ":0").Text(2, Assign(weight)).Text(3, weight.Name + ":0").Bool(
            5, value: true).Bool(7, value: true)
        .ToArray();

    private static string Handle(TfNode weight) => weight.Name + "/handle";

    private static string Assign(TfNode weight) => weight.Name + "/Assign";

    // The read takes the name of the constant, so that nothing else of the graph changes.
    private void AddVariable(TfNode weight)
    {
        var (type, shape) = (weight.Value!.Type, weight.Value.Shape);
        var dtype = TfAttribute.Type("dtype", type);
        _nodes.Add(new TfNode(
            Handle(weight), "VarHandleOp", [], [dtype, TfAttribute.Shape("shape", shape), TfAttribute.Text(
                "shared_name", weight.Name)]));
        _nodes.Add(new TfNode(weight.Name, "ReadVariableOp", [Handle(weight)], [dtype]));
        var dimensions = weight.Name + "/Initializer/dims";
        var zero = weight.Name + "/Initializer/value";
        _nodes.Add(Const(dimensions, TfTensor.Of([shape.Count], [.. shape.Select(size => (int)size)])));
        _nodes.Add(Const(zero, TfTensor.Of([], [0f])));
        _nodes.Add(new TfNode(
            weight.Name + "/Initializer", "Fill", [dimensions, zero], [TfAttribute.Type("T", type)]));
        _nodes.Add(
            new TfNode(Assign(weight), "AssignVariableOp", [Handle(weight), weight.Name + "/Initializer"], [dtype]));
    }

    private void AddSaver()
    {
        var types = TfAttribute.Types("dtypes", _weights.Select(weight => weight.Value!.Type));
        _nodes.Add(Text(PrefixName, ["model"], []));
        _nodes.Add(Text("save/tensor_names", [.. _weights.Select(weight => weight.Name)], [_weights.Count]));
        _nodes.Add(Text("save/shape_and_slices", [.. _weights.Select(_ => "")], [_weights.Count]));
        string[] what = [PrefixName, "save/tensor_names", "save/shape_and_slices"];
        _nodes.Add(new TfNode("save/SaveV2", "SaveV2", [.. what, .. _weights.Select(weight => weight.Name)], [types]));
        _nodes.Add(new TfNode(
            "save/Identity", "Identity", [PrefixName, "^save/SaveV2"], [TfAttribute.Type("T", TfType.Text)]));
        _nodes.Add(new TfNode("save/RestoreV2", "RestoreV2", what, [types]));
        for (var i = 0; i < _weights.Count; i++)
        {
            _nodes.Add(new TfNode(
                $"save/AssignVariableOp_{i}",
                "AssignVariableOp",
                [Handle(_weights[i]), i == 0 ? "save/RestoreV2" : $"save/RestoreV2:{i}"],
                [TfAttribute.Type("dtype", _weights[i].Value!.Type)]));
        }

        _nodes.Add(new TfNode(
            "save/restore_all", "NoOp", [.. Enumerable.Range(0, _weights.Count).Select(
                i => $"^save/AssignVariableOp_{i}")], []));
    }

    private static TfNode Const(string name, TfTensor value) =>
        new(name, "Const", [], [TfAttribute.Type("dtype", value.Type)], value);

    private static TfNode Text(string name, IReadOnlyList<string> texts, IReadOnlyList<long> shape) => new(
        name, "Const", [], [TfAttribute.Type("dtype", TfType.Text), TfAttribute.TextTensor(texts, shape)]);
}
