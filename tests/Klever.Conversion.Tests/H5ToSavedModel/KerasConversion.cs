using Klever.Conversion.Tests.H5ToSavedModel.Evaluation;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests.H5ToSavedModel;

/// <summary>An H5 file converted on disk.</summary>
internal sealed class KerasConversion : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public KerasConversion(byte[] file, bool usesVariables = false)
    {
        _directory.Write("from/model/net.h5", file);
        Directory.CreateDirectory(_directory.Combine("to"));
        try
        {
            ModelConverters.Get(ModelFormat.H5, ModelFormat.SavedModel).Convert(new ConversionRequest
            {
                SourceDirectory = Source,
                TargetDirectory = Target,
                UsesVariables = usesVariables,
            });
        }
        catch
        {
            _directory.Dispose();
            throw;
        }
    }

    public string Source => _directory.Combine("from");

    public string Target => _directory.Combine("to");

    public string Model => _directory.Combine("to", "model");

    public SavedModelFile Open() => new(Model);

    public IReadOnlyDictionary<string, Value> Run(IReadOnlyList<Value> inputs)
    {
        var model = Open();
        var variables = Directory.Exists(Path.Combine(Model, "variables")) ? BundleFile.Read(Model) : new Dictionary<string, Value>();
        var named = model.Inputs.Keys.Zip(inputs).ToDictionary(pair => pair.First, pair => pair.Second);
        return new GraphEvaluator(model, variables).Run(named);
    }

    public void Dispose() => _directory.Dispose();
}
