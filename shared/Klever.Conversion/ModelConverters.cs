using Klever.Conversion.CaffeToNetDef;
using Klever.Conversion.H5ToSavedModel;
using Klever.Conversion.MXNetToOnnx;
using Klever.Conversion.NetDefToOnnx;
using Klever.Models;

namespace Klever.Conversion;

/// <summary>The table of converters.</summary>
public static class ModelConverters
{
    public static IReadOnlyList<IModelConverter> All { get; } =
    [
        new MXNetToOnnxConverter(),
        new NetDefToOnnxConverter(),
        new H5ToSavedModelConverter(),
        new CaffeToNetDefConverter(),
    ];

    /// <exception cref="ConversionException">There is none; the message names those that exist.</exception>
    public static IModelConverter Get(ModelFormat from, ModelFormat to) =>
        All.FirstOrDefault(converter => converter.From == from && converter.To == to)
        ?? throw new ConversionException(from, to, [new ConversionIssue(
            ConversionProblem.UnsupportedConversion,
            $"there is no such conversion; there are {Names}")]);

    private static string Names => string.Join(", ", All.Select(converter => $"{converter.From} to {converter.To}"));
}
