using Klever.Conversion.Onnx;
using Klever.Formats.NetDef;
using Klever.Formats.NetDef.Inference;
using Klever.Formats.Shapes;
using Klever.Models;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>One conversion: weights, inputs, operators in their order, outputs.</summary>
internal sealed class NetConversion
{
    private readonly ConversionRequest _request;
    private readonly NetFile _init;
    private readonly NetFile _predictFile;
    private readonly Net _predict;
    private readonly OnnxGraphBuilder _graph;
    private readonly ConversionIssues _issues;
    private readonly NetInference _shapes = new();
    private readonly Dictionary<string, NetOperator> _filled = new(StringComparer.Ordinal);
    private readonly NetPlan _plan;

    // Blobs are written again in Caffe2 and never in ONNX: the name that each has at this place.
    private readonly Dictionary<string, string> _current = new(StringComparer.Ordinal);

    public NetConversion(
        ConversionRequest request, NetFile init, NetFile predict, OnnxGraphBuilder graph, ConversionIssues issues)
    {
        (_request, _init, _predictFile, _graph, _issues) = (request, init, predict, graph, issues);
        _predict = predict.Net;
        foreach (var operation in init.Net.Operators)
        {
            operation.Outputs.ForEach(output => _filled[output] = operation);
        }

        _plan = new NetPlan(predict.Net, [.. request.Outputs.Select(output => output.Name)]);
    }

    public OnnxGraphBuilder Convert()
    {
        _init.Net.Operators.ForEach(_shapes.Run);
        foreach (var blob in _plan.Blobs)
        {
            _graph.Names.Reserve(blob);
        }

        AddInputs();
        AddWeights();
        foreach (var (operation, place) in _plan.Operators)
        {
            Translate(operation, place);
            _shapes.Run(operation);
        }

        AddOutputs();
        return _graph;
    }

    private void AddInputs()
    {
        var declared = _request.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var names = NetInputs.Find(_predict, declared, _filled);
        var matched = DeclaredInputs.Match(names, _request.Inputs);
        var unclaimed = _request.Inputs.Where(tensor => !names.Contains(tensor.Name));
        foreach (var left in unclaimed.Skip(names.Count(name => !declared.Contains(name))))
        {
            _issues.Add(new ConversionIssue(
                ConversionProblem.BadInputSpecification,
                $"it is declared as an input, but the net reads {string.Join(", ", names)}",
                left.Name));
        }

        // What is not declared, where anything is, is a weight that is missing.
        foreach (var (name, tensor) in names.Zip(matched).Where(
            pair => _plan.Weights.Contains(pair.First) && (declared.Count == 0 || pair.Second is not null)))
        {
            AddInput(Describe(name, tensor));
        }
    }

    private void AddInput(Tensor tensor)
    {
        var type = OnnxElementTypeNames.Find(tensor.DType!);
        if (type is null)
        {
            _issues.Add(new ConversionIssue(
                ConversionProblem.BadInputSpecification, $"{tensor.DType} is not a type of ONNX", tensor.Name));
        }

        _shapes.SetInput(tensor);
        _current[tensor.Name] = tensor.Name;
        _graph.Inputs.Add(new OnnxValue(tensor.Name, type ?? OnnxElementType.Float32, tensor.Size));
    }

    private Tensor Describe(string name, Tensor? declared)
    {
        var fill = _filled.ContainsKey(name) ? _shapes[name] : Blob.Unknown;
        var size = declared?.Size ?? (fill.Fact.Size is [1] ? null : fill.Fact.Size?.Select(Dimension.ToSize).ToList())
            ?? InputGuess.Size(name, _predict, _shapes);
        if (size is null)
        {
            _issues.Add(new ConversionIssue(
                ConversionProblem.BadInputSpecification,
                "its size is not known; declare it among the inputs of ormbfile.yaml",
                name));
        }

        return new Tensor { Name = name, DType = declared?.DType ?? fill.DType ?? "float32", Size = size };
    }

    // Only weights that an operator takes; what stands for an input is not one.
    private void AddWeights()
    {
        foreach (var name in _plan.Weights.Where(name => !_current.ContainsKey(name)))
        {
            if (!_filled.TryGetValue(name, out var fill))
            {
                _issues.Add(new ConversionIssue(
                    ConversionProblem.MissingWeight,
                    "init_net does not fill it, and it is not declared as an input",
                    name));
            }
            else if (!NetWeights.IsFill(fill))
            {
                _issues.UnsupportedOperation(name, fill.Type);
            }
            else if (NetWeights.Read(_init, fill, _issues) is { } tensor)
            {
                _current[name] = name;
                _graph.Initializers.Add(tensor with { Name = name });
            }
        }
    }

    private void Translate(NetOperator operation, int place)
    {
        var inputs = operation.Inputs.ConvertAll(name => _current.GetValueOrDefault(name, name));
        var outputs = operation.Outputs.ConvertAll(name => NameOf(name, place));
        if (NetWeights.IsFill(operation))
        {
            AddFill(operation, outputs[0]);
        }
        else if (Problem(operation) is { } problem)
        {
            _issues.Add(problem);
        }
        else
        {
            NetTranslations.Find(operation.Type)!(
                new NetTranslation(operation, _graph, inputs, outputs, _shapes, _issues, IsWanted));
        }

        foreach (var (blob, name) in operation.Outputs.Zip(outputs))
        {
            _current[blob] = name;
        }

        bool IsWanted(int output) => output < operation.Outputs.Count && _plan.IsRead(operation.Outputs[output], place);
    }

    // Exporters put constants among the operators too.
    private void AddFill(NetOperator operation, string output)
    {
        if (NetWeights.Read(_predictFile, operation, _issues) is { } tensor)
        {
            _graph.Initializers.Add(tensor with { Name = output });
        }
    }

    private static ConversionIssue? Problem(NetOperator operation)
    {
        var (layer, type) = (operation.Outputs.FirstOrDefault(), operation.Type);
        if (NetTranslations.Find(type) is null)
        {
            return new ConversionIssue(ConversionProblem.UnsupportedOperation, Detail: null, layer, type);
        }

        if (operation.Text("order", "NCHW") is var order && order != "NCHW")
        {
            return new ConversionIssue(
                ConversionProblem.UnsupportedLayout, $"order {order} is not supported", layer, type);
        }

        return operation.Inputs.Count < NetArity.Least(type)
            ? new ConversionIssue(ConversionProblem.CorruptFile, "it has too few inputs", layer, type)
            : null;
    }

    // The last version of a blob has its plain name, unless an input or a weight has that.
    private string NameOf(string blob, int place) =>
        _plan.IsLastWriter(blob, place) && !_plan.Weights.Contains(blob) ? blob : _graph.Names.Get(blob);

    private void AddOutputs()
    {
        foreach (var name in _plan.Outputs)
        {
            if (!_current.TryGetValue(name, out var current))
            {
                _issues.Add(new ConversionIssue(
                    ConversionProblem.BadInputSpecification, "it is an output, but no operator gives it", name));
                continue;
            }

            var isComputed = _plan.IsWritten(name);
            var blob = _shapes[name];
            var output = isComputed ? current : _graph.Add("Identity", [current], _graph.Names.Get($"{name}_out"));
            var type = OnnxElementTypeNames.Find(blob.DType ?? "float32") ?? OnnxElementType.Float32;
            _graph.Outputs.Add(new OnnxValue(output, type, blob.Fact.Size?.Select(Dimension.ToSize).ToList()));
        }
    }
}
