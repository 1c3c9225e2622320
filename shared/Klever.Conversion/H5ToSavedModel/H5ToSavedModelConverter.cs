using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats;
using Klever.Models;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Keras H5 to SavedModel.</summary>
internal sealed class H5ToSavedModelConverter : IModelConverter
{
    public ModelFormat From => ModelFormat.H5;

    public ModelFormat To => ModelFormat.SavedModel;

    public void Convert(ConversionRequest request)
    {
        var paths = ModelDirectoryFiles.List(request.SourceDirectory).Select(path => path["model/".Length..]).ToList();
        if (From.Problem(paths) is { } problem)
        {
            throw ModelReadException.NotTheFormat(From, file: null, problem);
        }

        var path = paths.Single(From.Requires[0].Matches);
        using var content = new FileStream(
            request.SourceFile(path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var file = new ModelFile(From, "model/" + path, content.Length, content, request.Limits);
        var model = KerasToTensorFlow.Convert(file);
        request.Progress?.Report($"{model.Nodes.Count} operations, {model.WeightBytes} bytes of weights");
        SavedModelWriter.Write(
            model, Path.Combine(request.TargetDirectory, "model"), request.UsesVariables ? true : null);
    }
}
