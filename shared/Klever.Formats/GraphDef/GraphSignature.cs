using Klever.Formats.GraphDef.Inference;
using Klever.Formats.Shapes;
using Klever.Formats.TensorFlow;
using Klever.Models;

namespace Klever.Formats.GraphDef;

/// <summary>Which nodes of a graph are its inputs and outputs, and what is known of them.</summary>
internal sealed class GraphSignature(Graph graph, Signature declared)
{
    private static readonly HashSet<string> Placeholders = ["Placeholder", "PlaceholderV2", "PlaceholderWithDefault"];

    // Unconsumed, but not what anybody wants of a model.
    private static readonly HashSet<string> NeverOutputs =
        ["NoOp", "Assert", "Const", "Print", "PrintV2", "MergeV2Checkpoints", "ShardedFilename", .. Placeholders];

    private static readonly string[] NeverOutputPrefixes =
        ["Save", "Restore", "Assign", "Variable", "VarHandleOp", "VarIsInitialized", "ResourceApply", "Initialize"];

    public Signature ToSignature()
    {
        var layers = new LayerCounter();
        graph.Nodes.ForEach(node => layers.Add(node.Type));
        var inputs = graph.Nodes.Where(node => Placeholders.Contains(node.Type)).Select(Input).ToList();
        var inference = new ShapeInference(graph, inputs);
        return new Signature
        {
            Inputs = inputs,
            Outputs = [.. OutputNodes().Select(node => Output(node, inference))],
            Layers = layers.ToList(),
        };
    }

    // Where the file gives no size, the one that the user declared stands.
    private Tensor Input(GraphNode node) => new()
    {
        Name = node.Name,
        DType = TensorFlowTypes.Name(node.Number("dtype")),
        Size = graph.DeclaredShape(node) ?? declared.Inputs.FirstOrDefault(input => input.Name == node.Name)?.Size,
    };

    private static Tensor Output(GraphNode node, ShapeInference inference) => new()
    {
        Name = node.Name,
        DType = TensorFlowTypes.Name(OutputTypes.Of(node, output: 0)),
        Size = inference.Size(node)?.Select(Dimension.ToSize).ToList(),
    };

    private List<GraphNode> OutputNodes()
    {
        var consumed = new HashSet<GraphNode>(ReferenceEqualityComparer.Instance);
        foreach (var input in graph.Nodes.SelectMany(node => node.Inputs))
        {
            // A node that others wait for, without taking its value, is not what the model gives either.
            if (graph.Source(input) is { } source)
            {
                consumed.Add(source);
            }
        }

        return graph.Nodes.FindAll(node => !consumed.Contains(node) && MayBeOutput(node));
    }

    private static bool MayBeOutput(GraphNode node) =>
        !NeverOutputs.Contains(node.Type)
        && !node.Type.EndsWith("Summary", StringComparison.Ordinal)
        && !node.Type.EndsWith("SummaryV2", StringComparison.Ordinal)
        && !Array.Exists(NeverOutputPrefixes, prefix => node.Type.StartsWith(prefix, StringComparison.Ordinal))
        && !node.Name.Contains("/loop_body_control/", StringComparison.Ordinal);
}
