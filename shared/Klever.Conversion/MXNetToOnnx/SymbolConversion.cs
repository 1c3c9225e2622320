using Klever.Conversion.MXNetToOnnx.Detection;
using Klever.Conversion.MXNetToOnnx.Operations;
using Klever.Conversion.Onnx;
using Klever.Formats.MXNet;
using Klever.Formats.MXNet.Shapes;
using Klever.Models;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Turns a sorted symbol and its parameters into an ONNX graph; gathers what it cannot turn.</summary>
internal sealed class SymbolConversion
{
    private static readonly Dictionary<string, Action<NodeConversion>> Operations = WindowOperations.Table
        .Concat(LayerOperations.Table)
        .Concat(NormOperations.Table)
        .Concat(ElementwiseOperations.Table)
        .Concat(AxisOperations.Table)
        .Concat(SliceOperations.Table)
        .Concat(ReductionOperations.Table)
        .Concat(ConstantOperations.Table)
        .Concat(ArithmeticOperations.Table)
        .Concat(IndexOperations.Table)
        .Concat(SortOperations.Table)
        .Concat(ShapeOperations.Table)
        .Concat(ResizeOperations.Table)
        .Concat(ImageOperations.Table)
        .Concat(SequenceOperations.Table)
        .Concat(AttentionOperations.Table)
        .Concat(RegionOperations.Table)
        .ToDictionary(StringComparer.Ordinal);

    private const string GraphName = "mxnet";

    private readonly SymbolGraph _graph;
    private readonly IReadOnlyDictionary<string, ParamsEntry> _parameters;
    private readonly string _file;
    private readonly OnnxGraphBuilder _onnx;
    private readonly TypedConstants _constants;
    private readonly IReadOnlyList<IReadOnlyList<SymbolValue>> _values;
    private readonly Dictionary<SymbolEntry, string> _names = [];
    private readonly List<(SymbolNode Node, Refusal Refusal)> _refusals = [];
    private readonly IReadOnlyList<Tensor> _inputs;
    private readonly InputSizes _sizes;
    private readonly HashSet<int> _inputNodes;
    private readonly HashSet<int> _labels;

    public SymbolConversion(
        SymbolGraph graph,
        IReadOnlyDictionary<string, ParamsEntry> parameters,
        string file,
        IReadOnlyList<Tensor> declared,
        int opset,
        bool freesBatch)
    {
        (_graph, _parameters, _file) = (graph, parameters, file);
        _onnx = new OnnxGraphBuilder(GraphName, opset);
        _constants = new TypedConstants(_onnx);
        var inputNodes = SymbolInputs.Of(graph, parameters.Keys.ToHashSet(StringComparer.Ordinal));
        _inputNodes = [.. inputNodes];
        _labels = [.. SymbolInputs.Labels(graph)];
        List<string> names = [.. inputNodes.Select(index => graph.Nodes[index].Name)];
        _inputs = [.. DeclaredInputs.Match(names, declared).Select((tensor, i) => tensor ?? new Tensor { Name = names[i] })];
        _sizes = new InputSizes(_inputs, freesBatch);
        _values = SymbolShapes.Infer(graph, Describe);
    }

    /// <summary>The operations that can be converted, by their names of today.</summary>
    public static IReadOnlyCollection<string> Supported => Operations.Keys;

    /// <summary>What stands against the conversion, by node; sizes that are missing only when there is nothing
    /// else.</summary>
    public IReadOnlyList<ConversionIssue> Issues
    {
        get
        {
            var firm = _refusals.Where(refusal => !refusal.Refusal.NeedsSize).ToList();
            return [.. (firm.Count > 0 ? firm : _refusals).Select(refusal => refusal.Refusal.ToIssue(refusal.Node))];
        }
    }

    /// <summary>Nothing stands against the conversion but sizes that are not known.</summary>
    public bool NeedsOnlySizes => _refusals.Count > 0 && _refusals.TrueForAll(refusal => refusal.Refusal.NeedsSize);

    public OnnxGraphBuilder Convert()
    {
        ReserveNames();
        AddVariables();
        for (var i = 0; i < _graph.Nodes.Count; i++)
        {
            if (!_graph.Nodes[i].IsVariable)
            {
                Try(i);
            }
        }

        AddOutputs();
        return _onnx;
    }

    // Inputs and outputs have their names in the symbol, whatever lies between them.
    private void ReserveNames()
    {
        foreach (var index in _inputNodes.Order())
        {
            Name(new SymbolEntry(index, 0));
        }

        foreach (var head in _graph.Heads)
        {
            Name(head);
        }
    }

    private string Name(SymbolEntry entry)
    {
        if (!_names.TryGetValue(entry, out var name))
        {
            var node = _graph.Nodes[entry.Node];
            name = _onnx.Names.Get(entry.Output == 0 ? node.Name : $"{node.Name}{entry.Output}");
            _names[entry] = name;
        }

        return name;
    }

    private void AddVariables()
    {
        for (var i = 0; i < _graph.Nodes.Count; i++)
        {
            var node = _graph.Nodes[i];
            if (!node.IsVariable || _labels.Contains(i))
            {
                continue;
            }

            if (_inputNodes.Contains(i) && !IsMissing(node))
            {
                var value = _values[i][0];
                _onnx.Inputs.Add(new OnnxValue(Name(new SymbolEntry(i, 0)), OnnxTypes.Of(value.DType!), value.Size));
            }
            else
            {
                AddParameter(i, node);
            }
        }
    }

    // A weight that the file lacks would come out as an input that nobody can give.
    private bool IsMissing(SymbolNode variable) =>
        SymbolInputs.LooksLikeParameter(variable) && _inputs.First(input => input.Name == variable.Name).Size is null;

    private void AddParameter(int index, SymbolNode node)
    {
        if (_parameters.TryGetValue(node.Name, out var entry) && entry is { Size: not null, Storage: ParamsStorage.Dense })
        {
            _onnx.Initializers.Add(new OnnxTensor(
                Name(new SymbolEntry(index, 0)),
                OnnxTypes.Of(entry.DType!),
                entry.Size,
                TensorContent.OfFile(_file, entry.DataOffset, entry.DataLength)));
            return;
        }

        _refusals.Add((node, entry is null ? Refusal.OfWeight("the parameters do not hold this variable")
            : entry.Size is null ? Refusal.OfWeight("the parameters hold no values for this variable")
            : new Refusal("sparse parameters are not supported")));
    }

    private void Try(int index)
    {
        var node = _graph.Nodes[index];
        try
        {
            if (!Operations.TryGetValue(SymbolOperations.Canonical(node.Operation), out var convert))
            {
                throw Refusal.OfOperation();
            }

            convert(Prepare(index, node));
        }
        catch (Refusal refusal)
        {
            _refusals.Add((node, refusal));
        }
        catch (SymbolAttributeException exception)
        {
            _refusals.Add((node, new Refusal(exception.Message)));
        }
    }

    private NodeConversion Prepare(int index, SymbolNode node)
    {
        var used = node.Inputs.Where((input, place) => place == 0 || !_labels.Contains(input.Node)).ToList();
        return new NodeConversion(
            _onnx,
            _constants,
            node,
            [.. used.Select(Name)],
            [.. used.Select(input => _values[input.Node].ElementAtOrDefault(input.Output) ?? new SymbolValue(null, null))],
            output => Name(new SymbolEntry(index, output)),
            place => _parameters.GetValueOrDefault(_graph.Nodes[used[place].Node].Name));
    }

    private void AddOutputs()
    {
        var given = new HashSet<SymbolEntry>();
        foreach (var head in _graph.Heads)
        {
            var value = _values[head.Node].ElementAtOrDefault(head.Output);
            var name = Name(head);
            if (_graph.Nodes[head.Node].IsVariable || !given.Add(head))
            {
                var copy = _onnx.Names.Get(name + "_output");
                _onnx.Add("Identity", [name], [copy]);
                name = copy;
            }

            if (head.Output > 0 && SymbolOperations.Canonical(_graph.Nodes[head.Node].Operation) is "BatchNorm" or "LayerNorm")
            {
                var refusal = new Refusal($"output {head.Output} is taken, which only training computes");
                _refusals.Add((_graph.Nodes[head.Node], refusal));
            }

            _onnx.Outputs.Add(new OnnxValue(name, OnnxTypes.Of(value?.DType ?? VariableTypes.DefaultDType), value?.Size));
        }
    }

    private SymbolValue Describe(SymbolNode variable)
    {
        if (_inputs.FirstOrDefault(input => input.Name == variable.Name) is { } input)
        {
            var typed = input with { DType = input.DType ?? WeightType() };
            return new SymbolValue(_sizes.Of(variable, input.Size), VariableTypes.DType(variable, typed));
        }

        var entry = _parameters.GetValueOrDefault(variable.Name);
        return new SymbolValue(entry?.Size, entry?.DType ?? VariableTypes.DType(variable, declared: null));
    }

    // A network of half precision takes half precision, though seldom says so.
    private string? WeightType()
    {
        const string Half = "float16";
        var types = _parameters.Values.Select(parameter => parameter.DType).ToHashSet();
        return types.Contains(Half) && !types.Contains(VariableTypes.DefaultDType) ? Half : null;
    }
}
