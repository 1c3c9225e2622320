using Klever.Models;

namespace Klever.Samples;

/// <summary>Small models made by our own code, one for each format: what the demo pushes and the tests read.</summary>
public static class SampleModels
{
    private static readonly Dictionary<ModelFormat, Func<IReadOnlyDictionary<string, byte[]>>> Table = new()
    {
        [ModelFormat.SavedModel] = SavedModelSample.Files,
        [ModelFormat.Onnx] = OnnxSample.Files,
        [ModelFormat.GraphDef] = GraphDefSample.Files,
        [ModelFormat.NetDef] = NetDefSample.Files,
        [ModelFormat.H5] = H5Sample.Files,
        [ModelFormat.CaffeModel] = CaffeModelSample.Files,
        [ModelFormat.TorchScript] = TorchScriptSample.Files,
        [ModelFormat.MXNetParams] = MXNetParamsSample.Files,
        [ModelFormat.Pmml] = PmmlSample.Files,
    };

    public static IReadOnlyCollection<ModelFormat> Formats => Table.Keys;

    /// <summary>The files of the sample: path relative to <c>model/</c>, and content.</summary>
    public static IReadOnlyDictionary<string, byte[]> Files(ModelFormat format) => Table[format]();

    /// <summary>Writes the sample in ORMB layout: <c>model/…</c> and an <c>ormbfile.yaml</c> without a
    /// signature.</summary>
    public static void Write(ModelFormat format, string directory)
    {
        foreach (var (path, content) in Files(format))
        {
            var target = Path.Combine(directory, "model", path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, content);
        }

        var ormbFile = OrmbFile.Empty.WithFormat(format).WithFramework(format.Framework);
        File.WriteAllText(Path.Combine(directory, OrmbFile.FileName), ormbFile.ToYaml());
    }
}
