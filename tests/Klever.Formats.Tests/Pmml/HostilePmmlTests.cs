using System.Text;
using Klever.Formats.Tests.Fuzzing;
using Klever.Models;

namespace Klever.Formats.Tests.Pmml;

public sealed class HostilePmmlTests
{
    [Theory]
    [InlineData("<!DOCTYPE PMML><PMML/>")]
    [InlineData("<!DOCTYPE PMML SYSTEM 'http://127.0.0.1:1/pmml.dtd'><PMML/>")]
    [InlineData("<!DOCTYPE PMML [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><PMML>&x;</PMML>")]
    [InlineData("<!DOCTYPE PMML [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'> %p;]><PMML/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><PMML>&b;</PMML>")]
    public void Read_WithDocumentType_IsRefused(string document)
    {
        var problem = PmmlText.Fails(document);

        Assert.Equal(ModelReadProblem.NotSupported, problem.Problem);
        Assert.Contains("the document has a DOCTYPE, and document type definitions are not read", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfUnknownEntity_IsRefused()
    {
        Assert.Contains("not well-formed XML: ", PmmlText.Fails("<PMML>&passwd;</PMML>").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Node", 100_000, "elements are nested more than 10000 deep, line 1, column ")]
    [InlineData("MiningModel><Segmentation><Segment", 2_000, "models are nested more than 100 deep, line 1, column ")]
    public void Read_OfDeepNesting_IsRefused(string element, int depth, string expected)
    {
        var problem = PmmlText.Fails("<PMML>" + Repeat($"<{element}>", depth));

        Assert.Equal(ModelReadProblem.LimitExceeded, problem.Problem);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfDeepTree_IsAnswered()
    {
        var document = $"<PMML><TreeModel>{Repeat("<Node>", 5_000)}{Repeat("</Node>", 5_000)}</TreeModel></PMML>";

        Assert.Null(Hostile.Read(() => PmmlText.Read(document)));
    }

    [Theory]
    [InlineData("<PMML a='", "x", "one tag, comment or CDATA section is longer than 1048576 bytes")]
    [InlineData("<PMML ", "x", "one tag, comment or CDATA section is longer than 1048576 bytes")]
    [InlineData("<", "x", "one tag, comment or CDATA section is longer than 1048576 bytes")]
    [InlineData("<PMML><!--", "x", "one tag, comment or CDATA section is longer than 1048576 bytes")]
    [InlineData("<PMML><?p ", "x", "one tag, comment or CDATA section is longer than 1048576 bytes")]
    [InlineData("<PMML>", " ", "not well-formed XML: ")]
    [InlineData("<PMML>", "x", "not well-formed XML: ")]
    [InlineData("<PMML><![CDATA[", "x", "one tag, comment or CDATA section is longer than 1048576 bytes")]
    [InlineData("<PMML>", "&amp;", "not well-formed XML: ")]
    public void Read_OfHundredMegabytesInOneNode_HoldsNoneOfIt(string begin, string part, string expected)
    {
        using var content = new EndlessStream(Encoding.ASCII.GetBytes(begin), Encoding.ASCII.GetBytes(part), length: 100 * 1024 * 1024);

        var problem = Hostile.Read(() =>
        {
            var extractor = new SignatureExtractor(ModelFormat.Pmml, Signature.Empty);
            extractor.Accept("model/iris.pmml", content.Length, content);
            return extractor.Complete().Signature;
        });

        Assert.NotNull(problem);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfEndlessAttributes_IsRefused()
    {
        var problem = PmmlText.Fails("<PMML " + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"a{i}='' ")) + "/>");

        Assert.Equal(ModelReadProblem.LimitExceeded, problem.Problem);
    }

    [Fact]
    public void Read_OfEndlessNames_IsRefused()
    {
        var problem = PmmlText.Fails("<PMML>" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"<a{i}/>")) + "</PMML>");

        Assert.Contains("more than 50000 different names of elements and attributes", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfEndlessFields_StopsAtALimit()
    {
        var field = $"<DataField name='{new string('n', 60_000)}'/>";

        var problem = PmmlText.Fails($"<PMML><DataDictionary>{Repeat(field, 800)}</DataDictionary></PMML>");

        Assert.Contains("names and values take more than 67108864 bytes, line 1, column ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfLongName_IsRefused()
    {
        var problem = PmmlText.Fails($"<PMML><DataDictionary><DataField name='{new string('n', 70_000)}'/></DataDictionary></PMML>");

        Assert.Contains("name is longer than 65536 characters, line 1, column 24", problem.Message, StringComparison.Ordinal);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
