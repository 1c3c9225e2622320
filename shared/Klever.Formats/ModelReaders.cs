using Klever.Formats.Caffe;
using Klever.Formats.GraphDef;
using Klever.Formats.Keras;
using Klever.Formats.MXNet;
using Klever.Formats.NetDef;
using Klever.Formats.Onnx;
using Klever.Formats.Pmml;
using Klever.Formats.SavedModel;
using Klever.Formats.TorchScript;
using Klever.Models;

namespace Klever.Formats;

/// <summary>The table of readers: a format, and how to begin reading a model of it.</summary>
public static class ModelReaders
{
    private static readonly Dictionary<ModelFormat, Func<ReaderContext, IModelReader>> Table = new()
    {
        [ModelFormat.SavedModel] = _ => new SavedModelReader(),
        [ModelFormat.Onnx] = _ => new OnnxModelReader(),
        [ModelFormat.GraphDef] = context => new GraphDefReader(context.Declared),
        [ModelFormat.NetDef] = context => new NetDefReader(context.Declared),
        [ModelFormat.H5] = _ => new KerasH5Reader(),
        [ModelFormat.CaffeModel] = context => new CaffeModelReader(context),
        [ModelFormat.TorchScript] = _ => new TorchScriptReader(),
        [ModelFormat.MXNetParams] = context => new MXNetModelReader(context),
        [ModelFormat.Pmml] = _ => new PmmlReader(),
    };

    /// <exception cref="ModelReadException">No reader exists for this format.</exception>
    public static IModelReader Create(ModelFormat format, ReaderContext context) =>
        Table.TryGetValue(format, out var create)
            ? create(context)
            : throw ModelReadException.NotSupported(format, file: null, "no signature is read from this format");

    public static bool Supports(ModelFormat format) => Table.ContainsKey(format);
}
