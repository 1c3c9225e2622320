using System.Text;
using Klever.Formats.Tests.Fuzzing;
using Klever.Models;

namespace Klever.Formats.Tests.Pmml;

/// <summary>Reads PMML that a test writes.</summary>
internal static class PmmlText
{
    public static Signature Read(string document) => Read(Encoding.UTF8.GetBytes(document));

    public static Signature Read(byte[] document) => InMemoryModel.Read(ModelFormat.Pmml, "iris.pmml", document);

    /// <summary>Reads a document with the given fields and the given content of one model element.</summary>
    public static Signature Read(string fields, string model) => Read($"""
        <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><DataDictionary>{fields}</DataDictionary>{model}</PMML>
        """);

    public static ModelReadException Fails(string document) => Fails(Encoding.UTF8.GetBytes(document));

    public static ModelReadException Fails(byte[] document) =>
        Hostile.Read(() => Read(document)) ?? throw new InvalidOperationException("the document was read");

    public static string Names(IEnumerable<Tensor> tensors) => string.Join(' ', tensors.Select(tensor => tensor.Name));
}
