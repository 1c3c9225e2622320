using Klever.Formats.MXNet.Shapes;
using Klever.Models;

namespace Klever.Formats.MXNet;

/// <summary>Reads MXNet checkpoints: a <c>*symbol.json</c>, and of the <c>*.params</c> file the names and sizes of its
/// arrays.</summary>
internal sealed class MXNetModelReader(ReaderContext context) : IModelReader
{
    private static readonly FileRule Symbol = ModelFormat.MXNetParams.Requires[0];
    private static readonly FileRule Params = ModelFormat.MXNetParams.Requires[1];

    private SymbolGraph? _graph;
    private IReadOnlyList<ParamsEntry> _parameters = [];

    public FileUse Use(string path) => Symbol.Matches(path) || Params.Matches(path) ? FileUse.Forward : FileUse.Skip;

    public void Read(ModelFile file)
    {
        if (Params.Matches(file.Path[SignatureExtractor.ModelDirectory.Length..]))
        {
            _parameters = ParamsReader.Read(file);
        }
        else
        {
            _graph = SymbolReader.Read(file);
        }
    }

    public Signature Complete() => Describe(_graph!);

    private Signature Describe(SymbolGraph graph)
    {
        var parameters = new Dictionary<string, ParamsEntry>(StringComparer.Ordinal);
        foreach (var parameter in _parameters)
        {
            parameters[parameter.VariableName] = parameter;
        }

        var inputs = SymbolInputs.Of(graph, parameters.Keys.ToHashSet(StringComparer.Ordinal))
            .Select(index => graph.Nodes[index]).Select(Describe).ToList();
        var values = SymbolShapes.Infer(graph, variable =>
            inputs.Find(input => input.Name == variable.Name) is { } input ? new SymbolValue(input.Size?.ToArray(), input.DType)
            : Describe(variable, parameters.GetValueOrDefault(variable.Name)));
        return new Signature { Inputs = inputs, Outputs = Outputs(graph, values), Layers = Count(graph).ToList() };
    }

    private static SymbolValue Describe(SymbolNode variable, ParamsEntry? parameter) => new(
        parameter?.Size ?? VariableTypes.Size(variable, declared: null),
        parameter?.DType ?? VariableTypes.DType(variable, declared: null));

    private Tensor Describe(SymbolNode variable)
    {
        var declared = context.Declared.Inputs.FirstOrDefault(input => input.Name == variable.Name);
        return new Tensor
        {
            Name = variable.Name,
            DType = VariableTypes.DType(variable, declared),
            Size = VariableTypes.Size(variable, declared?.Size),
        };
    }

    private static List<Tensor> Outputs(SymbolGraph graph, IReadOnlyList<IReadOnlyList<SymbolValue>> values)
    {
        var names = SymbolOutputs.Names(graph);
        return
        [
            .. graph.Heads.Select((head, index) =>
            {
                var value = values[head.Node].ElementAtOrDefault(head.Output);
                return new Tensor
                {
                    Name = names[index],
                    DType = value?.DType ?? VariableTypes.DefaultDType,
                    Size = value?.Size,
                };
            }),
        ];
    }

    private static LayerCounter Count(SymbolGraph graph)
    {
        var counter = new LayerCounter();
        foreach (var node in graph.Nodes.Where(node => !node.IsVariable))
        {
            counter.Add(node.Operation);
        }

        return counter;
    }
}
