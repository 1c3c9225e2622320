using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Testing;

namespace Klever.Formats.Tests.Corpus;

/// <summary>One real model of the shared corpus with what independent tools say of it.</summary>
internal sealed class CorpusCase
{
    private readonly string _directory;

    private CorpusCase(string directory, ModelFormat format)
    {
        _directory = directory;
        Format = format;
        Expected = JsonNode.Parse(File.ReadAllText(Path.Combine(directory, "expected.json")))!.AsObject();
    }

    public ModelFormat Format { get; }

    public JsonObject Expected { get; }

    /// <summary>Theory data: the cases of a folder; one empty name, which <see cref="Open"/> turns into a skip, when there is none.</summary>
    public static TheoryData<string> Names(string folder)
    {
        var names = SharedFolder.Cases("corpus", folder);
        return names.Count == 0 ? [""] : [.. names];
    }

    public static CorpusCase Open(ModelFormat format, string folder, string name) =>
        new(SharedFolder.Require("corpus", folder, name), format);

    public bool Vouches(string key) => Expected["vouched"]!.AsArray().Any(v => v!.GetValue<string>() == key);

    /// <summary>Reads the case from its directory, with its own ormbfile unless another declared signature is given.</summary>
    public Extraction Extract(Signature? declared = null)
    {
        var ormbFile = OrmbFile.FromYaml(File.ReadAllText(Path.Combine(_directory, OrmbFile.FileName)));
        return SignatureExtractor.FromDirectory(_directory, Format, declared ?? ormbFile.Signature);
    }

    public IReadOnlyList<Tensor> ExpectedTensors(string key) =>
        SignatureJson.Read(new JsonObject { ["inputs"] = Expected[key]?.DeepClone() }).Inputs;

    /// <summary>Expected counts, sorted by name: the corpus does not vouch for an order.</summary>
    public IReadOnlyList<LayerCount> ExpectedLayers(string key = "layers") =>
        Sorted(SignatureJson.Read(new JsonObject { ["layers"] = Expected[key]?.DeepClone() }).Layers);

    public static IReadOnlyList<LayerCount> Sorted(IEnumerable<LayerCount> layers) =>
        [.. layers.OrderBy(layer => layer.Type, StringComparer.Ordinal)];
}
