using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.H5;

/// <summary>Reads H5 files that tests make.</summary>
internal static class KerasFiles
{
    public static Signature Read(byte[] file, ReadLimits? limits = null) => Read(new MemoryStream(file), file.Length, limits);

    public static Signature Read(Stream file, long length, ReadLimits? limits = null)
    {
        var extractor = new SignatureExtractor(ModelFormat.H5, Signature.Empty, limits);
        extractor.Accept("model/net.h5", length, file);
        return extractor.Complete().Signature;
    }

    public static Signature ReadConfig(string modelConfig, string version = "2.4.0", ReadLimits? limits = null) =>
        Read(KerasFile.Write(modelConfig, version, []), limits);

    /// <summary>A Sequential model of one input and these layers, each given as its class and settings.</summary>
    public static string Sequential(string inputShape, params (string ClassName, string Settings)[] layers)
    {
        var input = $$$"""{"class_name": "InputLayer", "config": {"name": "x", "dtype": "float32", "batch_input_shape": {{{inputShape}}}}}""";
        var others = layers.Select((layer, i) =>
            $$$"""{"class_name": "{{{layer.ClassName}}}", "config": {"name": "layer{{{i}}}", "dtype": "float32"{{{(layer.Settings.Length == 0 ? "" : ", " + layer.Settings)}}}}}""");
        return $$$"""{"class_name": "Sequential", "config": {"name": "net", "layers": [{{{string.Join(", ", others.Prepend(input))}}}]}}""";
    }
}
