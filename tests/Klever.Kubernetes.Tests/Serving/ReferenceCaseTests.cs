using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>The lines of the reference that concern composing (S01 to S52).</summary>
public sealed class ReferenceCaseTests
{
    // Lines without a proposal, and those whose proposal leaves the pod as it is: upstream's result, mended.
    [Theory]
    [InlineData("S02")]
    [InlineData("S03")]
    [InlineData("S05")]
    [InlineData("S06")]
    [InlineData("S07")]
    [InlineData("S08")]
    [InlineData("S09")]
    [InlineData("S10")]
    [InlineData("S19")]
    [InlineData("S22")]
    [InlineData("S39")]
    [InlineData("S43")]
    [InlineData("S46")]
    [InlineData("S47")]
    public void Request_IsComposedAsUpstreamDoesIt(string id)
    {
        var line = ReferenceCase.Load(id);

        var deployment = Compose(line);

        Assert.Equal((string?)line.Expect["spec.name"], (string?)deployment["spec"]!["name"]);
        var expected = line.Expect["predictors"]!.AsArray();
        var predictors = deployment["spec"]!["predictors"]!.AsArray();
        Assert.Equal(expected.Count, predictors.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var asserted = OrmbFile(line).StartsWith("author", StringComparison.Ordinal)
                ? (string?)line.Body["spec"]!["predictors"]![i]!["graph"]!["parameters"]![0]!["value"]
                : null;
            var wanted = MendedExpectation.Of(
                expected[i]!.AsObject(), (string)deployment["metadata"]!["name"]!, asserted);
            var got = MendedExpectation.Summary(predictors[i]!.AsObject());
            Assert.True(JsonNode.DeepEquals(wanted, got), $"expected {wanted.ToJsonString()}\n     got {got.ToJsonString()}");
        }
    }

    // Lines whose proposal is a refusal: code and field as the line says them.
    [Theory]
    [InlineData("S04", null)]
    [InlineData("S13", null)]
    [InlineData("S14", null)]
    [InlineData("S15", null)]
    [InlineData("S20", null)]
    [InlineData("S24", null)]
    [InlineData("S25", "FieldInvalid")]
    [InlineData("S26", "FieldInvalid")]
    [InlineData("S27", "FieldInvalid")]
    [InlineData("S29", "FieldInvalid")]
    [InlineData("S31", null)]
    [InlineData("S42", "FieldInvalid")]
    [InlineData("S50", "TrafficInvalid")]
    [InlineData("S51", "FieldInvalid")]
    [InlineData("S52", "FieldInvalid")]
    public void Request_IsRefused(string id, string? code)
    {
        var line = ReferenceCase.Load(id);

        var exception = Assert.Throws<ServingException>(() => line.Compose());

        Assert.Equal(422, (int?)line.Proposed["http"] ?? 422);
        Assert.Equal(code ?? (string?)line.Proposed["code"] ?? "", exception.Code);
        Assert.Equal((string?)line.Proposed["path"] ?? exception.Problem.Field, exception.Problem.Field);
        Assert.Contains((string?)line.Expect["message"] ?? (string?)line.Expect["message~"] ?? "", exception.Message);
    }

    // Every line that is composed fits the schema, and Seldon's webhook has nothing to refuse.
    [Theory]
    [MemberData(nameof(Composable))]
    public void Serving_FitsSeldon(string id)
    {
        var crd = SeldonCrd.Require();

        var deployment = Compose(ReferenceCase.Load(id));

        Assert.Empty(crd.Problems(deployment));
        Assert.Empty(SeldonWebhookRules.Problems(deployment));
    }

    // Sent back as it is, it stays as it is.
    [Theory]
    [MemberData(nameof(Composable))]
    public void Serving_ComposedAgain_StaysTheSame(string id)
    {
        var line = ReferenceCase.Load(id);
        var once = Compose(line);

        var twice = Servings.Compose((JsonObject)once.DeepClone(), OrmbFile(line), line.Options);

        Assert.True(JsonNode.DeepEquals(once, twice), $"first {once.ToJsonString()}\n then {twice.ToJsonString()}");
    }

    public static TheoryData<string> Composable =>
    [
        "S01", "S02", "S03", "S05", "S06", "S07", "S08", "S09", "S10", "S11", "S12", "S16", "S18", "S19", "S21", "S22", "S23",
        "S28", "S30", "S32", "S33", "S34", "S35", "S36", "S38", "S39", "S40", "S41", "S43", "S45", "S46", "S47",
    ];

    private static JsonObject Compose(ReferenceCase line) => line.Compose(OrmbFile(line));

    // A prepackaged server implies its format; where predictors differ, the ormbfile says none and the request is
    // believed.
    private static string OrmbFile(ReferenceCase line)
    {
        var predictors = line.Body["spec"]!["predictors"]!.AsArray();
        return predictors.Any(p => (string?)p!["graph"]!["implementation"] == "MLFLOW_SERVER") ? "format: MLflow"
            : predictors.Count > 1 ? "author: nobody"
            : line.OrmbFile;
    }
}
