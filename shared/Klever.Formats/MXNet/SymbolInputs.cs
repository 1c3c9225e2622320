namespace Klever.Formats.MXNet;

/// <summary>Which variables of a symbol have to be given: those that are neither parameters nor labels.</summary>
internal static class SymbolInputs
{
    private static readonly string[] ParameterEndings =
    [
        "_weight", "_bias", "_gamma", "_beta", "_moving_mean", "_moving_var", "_running_mean", "_running_var", "_alpha",
    ];

    // The second input of these is what training compares the result with.
    private static readonly HashSet<string> Losses = new(StringComparer.Ordinal)
    {
        "SoftmaxOutput", "LinearRegressionOutput", "LogisticRegressionOutput", "MAERegressionOutput", "SVMOutput",
        "softmax_cross_entropy", "CTCLoss", "_contrib_CTCLoss", "ctc_loss", "_contrib_ctc_loss",
    };

    /// <param name="parameters">Names of the variables that the <c>.params</c> file holds.</param>
    /// <returns>Positions in <see cref="SymbolGraph.Nodes"/>, ascending.</returns>
    public static IReadOnlyList<int> Of(SymbolGraph graph, IReadOnlySet<string> parameters)
    {
        var labels = Labels(graph);
        var names = graph.Nodes.Where(node => node.IsVariable).Select(node => node.Name);
        var isNamed = names.Any(parameters.Contains);
        return
        [
            .. Enumerable.Range(0, graph.Nodes.Count)
                .Where(index => graph.Nodes[index].IsVariable && !labels.Contains(index))
                .Where(index => !(isNamed ? parameters.Contains(graph.Nodes[index].Name) : LooksLikeParameter(graph.Nodes[index]))),
        ];
    }

    /// <summary>Variables that only training gives.</summary>
    public static IReadOnlySet<int> Labels(SymbolGraph graph)
    {
        var labels = new HashSet<int>();
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            if (node.IsVariable && node.Name.EndsWith("label", StringComparison.Ordinal))
            {
                labels.Add(i);
            }
            else if (node.Inputs.Count > 1 && Losses.Contains(SymbolOperations.Canonical(node.Operation))
                && graph.Nodes[node.Inputs[1].Node].IsVariable)
            {
                labels.Add(node.Inputs[1].Node);
            }
        }

        return labels;
    }

    /// <summary>Whether a variable has a name that MXNet gives to parameters: all there is to go by in lists without
    /// names, and in
    /// files of Gluon's save_parameters, whose names are those of Python attributes.</summary>
    public static bool LooksLikeParameter(SymbolNode variable) =>
        Array.Exists(ParameterEndings, ending => variable.Name.EndsWith(ending, StringComparison.Ordinal))
        || (variable.Attributes.Has("__init__") && !variable.Name.Contains("begin_state", StringComparison.Ordinal));
}
