using System.Text;
using Klever.Formats.Hdf5;

namespace Klever.Formats.Keras;

/// <summary>An open Keras H5 file: its architecture, and the root group that holds its weights.</summary>
/// <param name="Root">The root group.</param>
/// <param name="Version">Of the Keras that wrote it, such as <c>2.4.0</c>; null when the file does not say.</param>
internal sealed record KerasH5(Hdf5Object Root, KerasModel Model, KerasModelParser Parser, string? Version)
{
    private const int MaximumVersionBytes = 256;

    public static KerasH5 Open(ModelFile file)
    {
        KerasFileStart.Check(file);
        var root = Hdf5File.OpenRoot(file);
        var attribute = root.FindAttribute("model_config") ?? throw WithoutConfig(file, root);
        var text = attribute.ReadText(file.Limits.MaximumDocumentBytes);
        var version = root.FindAttribute("keras_version")?.ReadText(MaximumVersionBytes);
        var parser = new KerasModelParser(file);
        var model = parser.Parse(KerasConfigDocument.Parse(file, text));
        return new KerasH5(root, model, parser, version is null ? null : Encoding.UTF8.GetString(version));
    }

    private static ModelReadException WithoutConfig(ModelFile file, Hdf5Object root)
    {
        string[] signs = ["layer_names", "layer_names0"];
        string[] groups = ["model_weights", "layers", "_layer_checkpoint_dependencies"];
        return signs.Any(name => root.FindAttribute(name) is not null) || root.Names.Any(groups.Contains)
            ? file.NotSupported(
                "it holds weights only and no architecture (no attribute model_config). Save the whole model, with model.save, "
                + "instead of its weights")
            : file.NotTheFormat("it is an HDF5 file, but not of Keras: its root has no attribute model_config");
    }
}
