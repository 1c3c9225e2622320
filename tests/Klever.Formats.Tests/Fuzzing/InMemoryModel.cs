using Klever.Models;

namespace Klever.Formats.Tests.Fuzzing;

/// <summary>Reads a model whose files are bytes of a test.</summary>
internal static class InMemoryModel
{
    /// <param name="files">Path relative to <c>model/</c>, and content.</param>
    public static Signature Read(
        ModelFormat format, IEnumerable<KeyValuePair<string, byte[]>> files, Signature? declared = null)
    {
        var extractor = new SignatureExtractor(format, declared ?? Signature.Empty);
        foreach (var (path, content) in files)
        {
            using var stream = new MemoryStream(content, writable: false);
            extractor.Accept(SignatureExtractor.ModelDirectory + path, content.Length, stream);
        }

        return extractor.Complete().Signature;
    }

    public static Signature Read(ModelFormat format, string path, byte[] content) =>
        Read(format, [KeyValuePair.Create(path, content)]);
}
