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

    /// <summary>The converter, or the chain of two, that makes the one format of the other; null when there is none.</summary>
    public static IModelConverter? Find(ModelFormat from, ModelFormat to) =>
        FormatConversions.Steps(from, to) switch
        {
            [] => null,
            [var only] => Direct(from, only),
            [var middle, var last, ..] => new ConverterChain(Direct(from, middle), Direct(middle, last)),
        };

    /// <exception cref="ConversionException">There is none; the message names those that exist.</exception>
    public static IModelConverter Get(ModelFormat from, ModelFormat to) =>
        Find(from, to) ?? throw new ConversionException(from, to, [new ConversionIssue(
            ConversionProblem.UnsupportedConversion,
            $"there is no such conversion; there are {FormatConversions.Names}")]);

    private static IModelConverter Direct(ModelFormat from, ModelFormat to) =>
        All.First(converter => converter.From == from && converter.To == to);
}
