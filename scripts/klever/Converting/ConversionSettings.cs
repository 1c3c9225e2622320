namespace Klever.CommandLine.Converting;

/// <summary>How a model is converted.</summary>
/// <param name="Opset">Version of the ONNX operator set; null for the one that old runtimes know too.</param>
/// <param name="Verifies">Whether an ONNX result is run before it is believed.</param>
/// <param name="UsesVariables">Whether the weights of a SavedModel are variables beside its graph, whatever their size.</param>
internal sealed record ConversionSettings(int? Opset, bool Verifies, bool UsesVariables)
{
    /// <summary>Reads OPSET, which <c>spec.env</c> of a ModelJob may set, where the command line does not say.</summary>
    /// <exception cref="UsageException">It is no number.</exception>
    public static ConversionSettings Of(CommandContext context, int? opset, bool verifies, bool usesVariables) => new(
        opset ?? context.FirstVariable("OPSET") switch
        {
            null => null,
            var text when int.TryParse(text, out var number) => number,
            var text => throw new UsageException($"OPSET is \"{Models.Excerpt.Of(text)}\" and not a number such as 12."),
        },
        verifies,
        usesVariables);
}
