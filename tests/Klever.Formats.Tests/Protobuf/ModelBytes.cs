using Klever.Models;

namespace Klever.Formats.Tests.Protobuf;

/// <summary>Reads models that are in memory, as the layer of an artifact gives them: forward, without
/// seeking.</summary>
internal static class ModelBytes
{
    public static Signature Extract(
        ModelFormat format,
        IReadOnlyDictionary<string, byte[]> files,
        Signature? declared = null,
        ReadLimits? limits = null)
    {
        var extractor = new SignatureExtractor(format, declared ?? Signature.Empty, limits);
        foreach (var (path, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            using var stream = new ForwardStream(new MemoryStream(content));
            extractor.Accept($"model/{path}", content.Length, stream);
        }

        return extractor.Complete().Signature;
    }

    public static Signature Extract(ModelFormat format, string path, byte[] content, ReadLimits? limits = null) =>
        Extract(format, new Dictionary<string, byte[]> { [path] = content }, declared: null, limits);
}
