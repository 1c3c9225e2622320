using System.Text;
using Klever.Models;

namespace Klever.Oci.Tests.Documents;

public sealed class ImageManifestTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Layer =
        $$$"""{ "size":1.0e1, "digest":"sha256:{{{Hex}}}", "x-own":[1, 2.50], "mediaType":"application\/tar+gzip" }""";

    [Fact]
    public void WithConfig_KeepsTheLayerAndUnknownKeysByteForByte()
    {
        var layer = Layer.Replace("1.0e1", "10", StringComparison.Ordinal);
        var text = $$$"""{"schemaVersion":2,"config":{"mediaType":"a/b","digest":"sha256:{{{Hex}}}","size":2},"layers":[ {{{layer}}} ],"later":{"a": 1.50}}""";

        var changed = ImageManifest.Parse(Encoding.UTF8.GetBytes(text)).WithConfig(Descriptor.Of("application/x+json", "{}"u8));

        Assert.Equal(
            $$$"""{"schemaVersion":2,"config":{"mediaType":"application/x+json","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},"layers":[ {{{layer}}} ],"later":{"a": 1.50}}""",
            Encoding.UTF8.GetString(changed.ToJson()));
    }

    [Fact]
    public void Create_FromADescriptorThatWasRead_WritesItAsItWas()
    {
        var layer = Layer.Replace("1.0e1", "10", StringComparison.Ordinal);
        var read = ImageManifest.Parse(Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"config":{"mediaType":"a/b","digest":"sha256:{{{Hex}}}","size":2},"layers":[{{{layer}}}]}"""));

        var created = ImageManifest.Create(read.Config, read.Layers, mediaType: null);

        Assert.Contains($"\"layers\":[{layer}]", Encoding.UTF8.GetString(created.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void WithAnnotations_AddsToThoseThatAreThere()
    {
        var config = Descriptor.Of("a/b", "{}"u8);
        var manifest = ImageManifest.Create(config, [], annotations: new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });

        var changed = manifest.WithAnnotations(new Dictionary<string, string> { ["b"] = "3", ["c"] = "4" });

        Assert.Equal([("a", "1"), ("b", "3"), ("c", "4")], changed.Annotations.Select(a => (a.Key, a.Value)).Order());
    }

    [Theory]
    [InlineData("[]", "it is not a JSON object")]
    [InlineData("{\"schemaVersion\":1}", "\"schemaVersion\" is not 2")]
    [InlineData("{\"schemaVersion\":2}", "\"config\" is missing")]
    [InlineData("{\"schemaVersion\":2,\"config\":[]}", "a descriptor is not an object")]
    [InlineData("{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"sha256:00\",\"size\":2}}", "\"digest\" is not a sha256 or sha512 digest")]
    [InlineData("{\"schemaVersion\":2,\"schemaVersion\":2}", "schemaVersion")]
    public void Parse_WhatIsNoManifest_SaysWhy(string text, string problem)
    {
        var exception = Assert.Throws<OciContentException>(() => ImageManifest.Parse(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(OciContentProblem.NotTheDocument, exception.Problem);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1e30")]
    [InlineData("\"2\"")]
    public void Parse_WithASizeThatIsNone_IsRejected(string size)
    {
        var text = $$$"""{"schemaVersion":2,"config":{"mediaType":"a/b","digest":"sha256:{{{Hex}}}","size":{{{size}}}}}""";

        var exception = Assert.Throws<OciContentException>(() => ImageManifest.Parse(Encoding.UTF8.GetBytes(text)));

        Assert.Equal("the manifest, config cannot be read: \"size\" is not a count of bytes.", exception.Message);
    }

    [Fact]
    public void Parse_WithASubject_DescribesIt()
    {
        var subject = new Descriptor(MediaTypes.ImageManifest, Digest.Parse($"sha256:{Hex}"), 7);

        var manifest = ImageManifest.Parse(ImageManifest.Create(Descriptor.Of("a/b", "{}"u8), [], subject: subject).ToJson());

        Assert.Equal(subject, manifest.Subject);
    }
}
