using Klever.Testing;
using Klever.Testing.Schemas;
using NJsonSchema;

namespace Klever.Functions.Tests.Invoke;

public sealed class FuncYamlTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(SharedFolder.Repository, "func.yaml"));

    [Fact]
    public async Task FuncYaml_KeepsItsSchema()
    {
        var schema = await JsonSchema.FromFileAsync(SharedFolder.Require("schemas", "func-yaml.schema.json"), TestContext.Current.CancellationToken);

        Assert.Empty(schema.Validate(YamlJson.Read(Text).Single().ToJsonString()));
    }

    [Theory]
    [InlineData("invoke: cloudevent", "invoke: cloudevents")]
    [InlineData("builder: pack", "builder: host")]
    [InlineData("specVersion:", "version:")]
    public async Task FuncYaml_WithAMistake_DoesNot(string right, string wrong)
    {
        var schema = await JsonSchema.FromFileAsync(SharedFolder.Require("schemas", "func-yaml.schema.json"), TestContext.Current.CancellationToken);

        Assert.NotEmpty(schema.Validate(YamlJson.Read(Text.Replace(right, wrong)).Single().ToJsonString()));
    }

    [Theory]
    [InlineData("liveness")]
    [InlineData("readiness")]
    public async Task HealthEndpoint_OfFuncYaml_Answers(string probe)
    {
        using var app = new KleverApp();
        var path = (string)YamlJson.Read(Text).Single()["deploy"]!["healthEndpoints"]![probe]!;

        using var response = await app.CreateClient().GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
    }
}
