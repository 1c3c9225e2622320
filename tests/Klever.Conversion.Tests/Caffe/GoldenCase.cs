using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Klever.Conversion.Tests.NetDefToOnnx;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests.Caffe;

/// <summary>A network of <c>tests/data/caffe</c> with what OpenCV computes of it.</summary>
internal sealed class GoldenCase
{
    /// <summary>Where the cases are, a folder each.</summary>
    public static readonly string Folder = Path.Combine(SharedFolder.Repository, "tests", "data", "caffe");

    private readonly string _directory;

    public GoldenCase(string name)
    {
        _directory = Path.Combine(Folder, name);
        var values = JsonNode.Parse(File.ReadAllText(Path.Combine(_directory, "values.json")))!;
        Inputs = Read(values["inputs"]!);
        Outputs = Read(values["outputs"]!);
    }

    public static TheoryData<string> Names =>
        [.. Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public Dictionary<string, Values> Inputs { get; }

    public Dictionary<string, Values> Outputs { get; }

    /// <summary>Converts to NetDef; the result is below <c>netdef/model</c>.</summary>
    public void Convert(TemporaryDirectory directory)
    {
        foreach (var file in new[] { "net.prototxt", "net.caffemodel" })
        {
            directory.Write($"source/model/{file}", File.ReadAllBytes(Path.Combine(_directory, file)));
        }

        Directory.CreateDirectory(directory.Combine("netdef"));
        ModelConverters.Get(ModelFormat.CaffeModel, ModelFormat.NetDef).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("netdef"),
        });
    }

    private static Dictionary<string, Values> Read(JsonNode blobs) => blobs.AsObject().ToDictionary(
        blob => blob.Key,
        blob => new Values(
            [.. blob.Value!["size"]!.AsArray().Select(length => length!.GetValue<long>())],
            MemoryMarshal.Cast<byte, float>(Convert(blob.Value["float32"]!)).ToArray()));

    private static byte[] Convert(JsonNode base64) => System.Convert.FromBase64String(base64.GetValue<string>());
}
