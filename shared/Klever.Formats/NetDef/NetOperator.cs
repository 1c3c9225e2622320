namespace Klever.Formats.NetDef;

/// <summary>An OperatorDef with its arguments, but without the values of weights.</summary>
internal sealed class NetOperator
{
    /// <summary>The operation, such as <c>Conv</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Names of blobs.</summary>
    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public Dictionary<string, NetArgument> Arguments { get; } = new(StringComparer.Ordinal);

    public bool Has(string argument) => Arguments.ContainsKey(argument);

    public long Integer(string argument, long otherwise = 0) =>
        Arguments.GetValueOrDefault(argument)?.Integer ?? otherwise;

    public string Text(string argument, string otherwise = "") =>
        Arguments.GetValueOrDefault(argument)?.Text ?? otherwise;

    /// <summary>A list of numbers; empty when there is none.</summary>
    public IReadOnlyList<long> Integers(string argument) => Arguments.GetValueOrDefault(argument)?.Integers ?? [];
}
