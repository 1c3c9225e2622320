using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Klever.Models.Tests;

public class OrmbFileTests
{
    private const string Yaml = """
        author: "Klever"
        format: SavedModel
        framework: TensorFlow
        # a comment
        signature:
          inputs:
          - name: x
            size: [-1, 224, 224, 3]
            dType: float32
          layers:
            Conv2D: 3
        hyperParameters:
        - name: batch_size
          value: "64"
        labels: {team: nlp, tier: 007}
        somethingNew: [1, 2.5, true, null, yes]
        """;

    [Fact]
    public void FromYaml_ReadsWhatOrmbWrites()
    {
        var file = OrmbFile.FromYaml(Yaml);

        Assert.Equal("Klever", file.Author);
        Assert.Equal(ModelFormat.SavedModel, file.Format);
        Assert.Equal([new Tensor { Name = "x", Size = [-1, 224, 224, 3], DType = "float32" }], file.Signature.Inputs);
        Assert.Equal([new LayerCount("Conv2D", 3)], file.Signature.Layers);
    }

    [Fact]
    public void ToJson_KeepsKeysThatNobodyKnows()
    {
        var json = Encoding.UTF8.GetString(OrmbFile.FromYaml(Yaml).ToJson());

        Assert.Contains("\"hyperParameters\":[{\"name\":\"batch_size\",\"value\":\"64\"}]", json);
        Assert.EndsWith("\"somethingNew\":[1,2.5,true,null,\"yes\"]}", json);
    }

    [Fact]
    public void FromJson_ThenToJson_IsTheSameBytes()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"z":1,"a":{"b":[1.50,1e3,"é<"]},"created":"2020-01-01T00:00:00Z"}""");

        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(OrmbFile.FromJson(bytes).ToJson()));
    }

    [Fact]
    public void WithExtracted_ReplacesLayersAndKeepsDeclaredInputsThatWereNotFound()
    {
        var extracted = new Signature
        {
            Outputs = [new Tensor { Name = "y", Size = [], DType = "int64" }],
            Layers = [new LayerCount("MatMul", 2)],
        };

        var updated = OrmbFile.FromYaml(Yaml).WithExtracted(extracted);

        Assert.Equal("x", Assert.Single(updated.Signature.Inputs).Name);
        Assert.Equal(extracted.Outputs, updated.Signature.Outputs);
        Assert.Equal(extracted.Layers, updated.Signature.Layers);
        Assert.Equal("Klever", updated.Author);
    }

    [Fact]
    public void WithExtracted_LeavesTheOriginalAlone()
    {
        var original = OrmbFile.FromYaml(Yaml);
        var before = original.ToYaml();

        original.WithExtracted(new Signature { Layers = [new LayerCount("MatMul", 2)] });

        Assert.Equal(before, original.ToYaml());
    }

    [Fact]
    public void Signature_ReadsTheOldSpellingOfDType()
    {
        var file = OrmbFile.FromYaml("signature: {inputs: [{name: x, dtype: float32}]}");

        Assert.Equal("float32", file.Signature.Inputs[0].DType);
    }

    [Theory]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("\"x\"", "is not a JSON object")]
    [InlineData("{\"a\":", "is not JSON: line 1")]
    [InlineData("{\"a\":1,\"a\":2}", "names a key twice")]
    public void FromJson_OfSomethingElse_SaysWhatIsWrong(string json, string problem)
    {
        var exception = Assert.Throws<OrmbFileException>(() => OrmbFile.FromJson(Encoding.UTF8.GetBytes(json)));

        Assert.Contains(problem, exception.Message);
    }

    [Theory]
    [InlineData("- a\n- b", "not a mapping")]
    [InlineData("a: [", "is not YAML: line")]
    [InlineData("a: 1\n---\nb: 2", "2 documents")]
    [InlineData("a: 1\na: 2", "is not YAML")]
    [InlineData("a: &x [*x]", "")]
    public void FromYaml_OfSomethingElse_SaysWhatIsWrong(string yaml, string problem)
    {
        var exception = Assert.Throws<OrmbFileException>(() => OrmbFile.FromYaml(yaml));

        Assert.Contains(problem, exception.Message);
    }

    [Fact]
    public void FromYaml_WithABillionLaughs_IsRefused()
    {
        var yaml = new StringBuilder("l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 12; i++)
        {
            yaml.Append($"l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 9))}]\n");
        }

        var exception = Assert.Throws<OrmbFileException>(() => OrmbFile.FromYaml(yaml.ToString()));

        Assert.Contains("more than 500000 values", exception.Message);
    }

    [Fact]
    public void FromYaml_NestedTooDeep_IsRefused()
    {
        var exception = Assert.Throws<OrmbFileException>(() => OrmbFile.FromYaml("a: " + new string('[', 100_000)));

        Assert.Contains("nested deeper than 64 levels", exception.Message);
    }

    [Fact]
    public void FromJson_NestedTooDeep_IsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 100_000));

        Assert.Throws<OrmbFileException>(() => OrmbFile.FromJson(bytes));
    }

    [Fact]
    public void ToYaml_ThenFromYaml_IsTheSameDocument()
    {
        string[] mistaken =
        [
            "", "~", "null", "yes", "No", "on", "007", "1_000", "0x1F", "12:30", "1e3", ".inf", "- a", "a: b", "#", "'", "\"",
            " x ", "a\nb", "|", "=", "<<",
        ];
        var text = Gen.OneOf(Gen.String, Gen.Int[0, mistaken.Length - 1].Select(i => mistaken[i]));
        var scalar = Gen.OneOf(
            text.Select(t => (JsonNode?)JsonValue.Create(t)),
            Gen.Long.Select(n => (JsonNode?)JsonValue.Create(n)),
            Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
            Gen.Const((JsonNode?)null));

        Gen.Select(text, scalar.List[0, 4], text, scalar).Sample((key, list, innerKey, value) =>
        {
            var document = new JsonObject { ["k" + key] = new JsonArray([.. list]), ["o"] = new JsonObject { [innerKey] = value } };
            var file = OrmbFile.FromJson(Encoding.UTF8.GetBytes(document.ToJsonString()));

            return JsonNode.DeepEquals(file.ToJsonObject(), OrmbFile.FromYaml(file.ToYaml()).ToJsonObject());
        }, iter: 2000);
    }
}
