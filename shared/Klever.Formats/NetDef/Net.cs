namespace Klever.Formats.NetDef;

/// <summary>What is kept of a NetDef.</summary>
internal sealed class Net
{
    public List<NetOperator> Operators { get; } = [];

    /// <summary>external_input: often with all parameters, sometimes without the data.</summary>
    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];
}
